using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Npgsql;

namespace Jpki.Benchmarks.Commands;

/// <summary>What an event takes on disk, with all indexes and whatever else is written with it.</summary>
internal sealed class EventBytes : Measure
{
    private const string OfLedger =
        """
        select sum(pg_total_relation_size(c.oid)) / (select count(*) from ledger.mt_events)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'ledger' and c.relkind = 'r'
        """;

    private const string OfBare = "select pg_total_relation_size('bare')::numeric / (select count(*) from bare)";
    // Fewer would weigh the first pages of tables and indexes and not the events.
    private const int AtLeast = 50_000;
    private const int Callers = 250;
    private const int Connections = 16;

    private NpgsqlDataSource? _source;

    public override string Name => "event-bytes";

    public override string Unit => "octets/event";

    public override string Note =>
        "Ours: all tables of the ledger with their indexes, divided by the events, after the lives of the measures before. "
        + "Baseline: the bare table with its two indexes, the same data in each row.";

    public override Bar Bar { get; } = new Bar.RatioAtMost(1.6);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        using var callers = await ApiCallers.ConnectAsync(stage, Callers, cancellation);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            for (var i = 0; i < AtLeast / Callers; i++)
                await callers.Lives.NextAsync(caller, cancellation);
        }));
        var database = await stage.DatabaseAsync(Stage.TownDatabase, cancellation);
        _source = NpgsqlDataSource.Create(database);
        await using var bare = await BareTable.CreateAsync(database, Connections, cancellation);
        await Parallel.ForAsync(0, AtLeast, new ParallelOptions { MaxDegreeOfParallelism = Connections, CancellationToken = cancellation }, async (_, stop) =>
            await bare.InsertAsync(stop));
    }

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation) => await AskAsync(OfLedger, cancellation);

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) => await AskAsync(OfBare, cancellation);

    public override async ValueTask DisposeAsync()
    {
        if (_source is not null)
            await _source.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task<double> AskAsync(string question, CancellationToken cancellation)
    {
        await using var command = _source!.CreateCommand(question);
        return (double)(decimal)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
