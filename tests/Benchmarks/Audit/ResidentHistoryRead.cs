using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Benchmarks.Audit;

/// <summary>One resident's whole history, as an auditor asks for it, beside the SQL query that it can't do without.</summary>
internal sealed class ResidentHistoryRead : Measure
{
    private const int Events = 50;

    private const string Query =
        """
        select seq_id, id, stream_id, version, data, type, "timestamp", headers, causation_id from ledger.mt_events where stream_id = $1 order by version
        """;

    private static readonly ResidentId _resident = ResidentId.Parse("13207-99999999");

    private AuditedTown _town = null!;

    public override string Name => "resident-history";

    public override string Unit => "histories/s";

    public override string Note =>
        $"Ours: a resident's {Events} events read from the ledger, deserialised with their provenance and folded, one caller. "
        + "Baseline: the bare SQL query of the same rows, every column fetched. At most twice its time is at least half its rate.";

    public override Bar Bar { get; } = new Bar.RatioAtLeast(0.5);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        _town = await stage.AuditedAsync(cancellation);
        if ((await _town.Ledger.ReadAsync(_resident, cancellation)).Count > 0)
            return;

        var attributes = new FourAttributes("山田　花子", "東京都昭島市田中町一丁目１７番１号", new(1985, 2, 28), Sex.Female);
        ResidentEvent[] life =
        [
            new ResidentRegistered(attributes, new(2018, 10, 1)),
            .. Enumerable.Range(1, Events - 1).Select(move => new FourAttributesChanged(
                attributes with { Address = $"東京都昭島市田中町一丁目{move}番１号" }, [AttributeKind.Address], new DateOnly(2018, 10, 1).AddDays(move))),
        ];
        var provenance = new Provenance(
            new CommandId(new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)), "change-attributes", new("registry-feed", Role.Registry, OfficeCode.Parse("132070001")),
            new DateTimeOffset(2026, 4, 1, 9, 0, 0, TimeSpan.FromHours(9)), "akishima-2018");
        await _town.Ledger.AppendAsync(_resident, 0, life, provenance, null, cancellation);
    }

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) => Pace.OfCallersAsync(
        1,
        round.Length,
        async (_, token) =>
        {
            var history = ResidentHistory.Empty.With(await _town.Ledger.ReadAsync(_resident, token));
            if (history.Version != Events)
                throw new InvalidOperationException($"{history.Version} events instead of {Events}.");
        },
        cancellation);

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) =>
        await Pace.OfCallersAsync(1, round.Length, (_, token) => QueryAsync(token), cancellation);

    private async Task QueryAsync(CancellationToken cancellation)
    {
        await using var command = _town.Source.CreateCommand(Query);
        command.Parameters.Add(new() { Value = _resident.Value });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var columns = new object[reader.FieldCount];
        while (await reader.ReadAsync(cancellation))
            reader.GetValues(columns);
    }
}
