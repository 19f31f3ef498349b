using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Audit.Records;
using Jpki.Benchmarks.Stages;
using Jpki.City;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;
using Jpki.Ledger;
using Jpki.Pki.Notes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Jpki.Benchmarks.Audit;

/// <summary>A ledger of its own with a large invented town in it, and its export in a file.</summary>
internal sealed class AuditedTown : IAsyncDisposable
{
    private const int ManyEvents = 1_000_000;
    private const int FewEvents = 100_000;
    private const int CheckpointEach = 10_000;

    // About as many events has a life of the invented town's defaults.
    private const int EventsOfALife = 9;

    private static readonly Municipality _municipality = new(
        MunicipalityCode.Parse("13207"), "東京都", "昭島市", "Tokyo-to", "Akishima-shi",
        [new(OfficeCode.Parse("132070001"), "市役所本庁", "City hall"), new(OfficeCode.Parse("132070002"), "東部出張所", "Eastern branch office")],
        [new(new DateOnly(2015, 10, 5), RuleSet.Akishima2018)]);

    private readonly ServiceProvider _services;

    private readonly string _database;

    private AuditedTown(ServiceProvider services, string database, string folder) => (_services, _database, Source, Export, Start) = (
        services, database, new NpgsqlDataSourceBuilder(database) { ConnectionStringBuilder = { CommandTimeout = 600 } }.Build(), Path.Combine(folder, "all.ndjson"), Path.Combine(folder, "start.ndjson"));

    public NpgsqlDataSource Source { get; }

    /// <summary>How libpq's programs are told where the database is.</summary>
    public string Conninfo
    {
        get
        {
            var at = new NpgsqlConnectionStringBuilder(_database);
            var password = at.Password is { Length: > 0 } secret ? $" password='{secret}'" : "";
            return $"host='{at.Host}' port={at.Port} user='{at.Username}' dbname='{at.Database}'{password}";
        }
    }

    /// <summary>The whole export, not compressed.</summary>
    public string Export { get; }

    /// <summary>The export of the first tenth.</summary>
    public string Start { get; }

    public long Events { get; private set; }

    public Ed25519NoteSigner Signer { get; } = Ed25519NoteSigner.Generate("jpki.example/13207", NoteKeyKind.Ed25519);

    public ResidentLedger Ledger => _services.GetRequiredService<ResidentLedger>();

    public static async Task<AuditedTown> CreateAsync(Stage stage, CancellationToken cancellation)
    {
        var database = await stage.DatabaseAsync("audited", cancellation);
        var services = new ServiceCollection().AddLogging().AddLedger(options => options.ConnectionString = database).BuildServiceProvider();
        await services.GetRequiredService<LedgerHost>().StartingAsync(cancellation);
        var town = new AuditedTown(services, database, stage.Folder("audited"));
        var city = new InventedCity(CityPlan.Of((stage.IsQuick ? FewEvents : ManyEvents) / EventsOfALife, 1, _municipality), new PaperMint());
        await services.GetRequiredService<LedgerImport>().ImportAsync(city.Lengths(), city.Events(), null, cancellation);
        await town.WriteAsync(cancellation);
        return town;
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await _services.DisposeAsync();
    }

    private async Task WriteAsync(CancellationToken cancellation)
    {
        await using var connection = await Source.OpenConnectionAsync(cancellation);
        await using (var analyze = new NpgsqlCommand("vacuum analyze ledger.mt_events", connection) { CommandTimeout = 600 })
            await analyze.ExecuteNonQueryAsync(cancellation);
        await using (var count = new NpgsqlCommand("select count(*) from ledger.mt_events where starts_with(stream_id, '13207-')", connection))
            Events = (long)(await count.ExecuteScalarAsync(cancellation))!;
        await WriteAsync(connection, Export, Events, cancellation);
        await WriteAsync(connection, Start, Events / 10, cancellation);
    }

    private async Task WriteAsync(NpgsqlConnection connection, string path, long events, CancellationToken cancellation)
    {
        await using var file = File.Create(path);
        var output = System.IO.Pipelines.PipeWriter.Create(file);
        using var writer = new ExportWriter(output);
        writer.Write(new ExportHeader(_municipality.Code, Signer.Key.Name, events, DateTimeOffset.UnixEpoch));
        var tree = new TreeFrontier();
        await foreach (var line in TableExport.ReadAsync(connection, _municipality.Code.Value, cancellation).Take((int)events))
        {
            var leaf = line.ToLeafRecord().ToLeaf();
            tree.Add(leaf);
            writer.Write(line with { Leaf = leaf });
            if (tree.Size % CheckpointEach != 0 && tree.Size != events)
                continue;
            var checkpoint = new Checkpoint(Signer.Key.Name, tree.Size, tree.Root, line.Sequence, line.RecordedAt);
            writer.Write(new ExportedCheckpoint(SignedNote.Sign(checkpoint.ToText(), Signer).ToString()));
            await output.FlushAsync(cancellation);
        }

        writer.WriteEnd();
        await output.FlushAsync(cancellation);
        await output.CompleteAsync();
    }

    /// <summary>Certificates of the length of real ones; what is in them is of no account here.</summary>
    private sealed class PaperMint : IMint
    {
        private const int LengthOfACertificate = 1_300;
        private const int LengthOfAKey = 294;

        public string AuthorityKeyId(CertificateKind kind, DateTimeOffset at) => new(kind == CertificateKind.Signature ? 'a' : 'b', 40);

        public Octets SubjectKey(ulong any) => Octets.From([.. BitConverter.GetBytes(any), .. new byte[LengthOfAKey - sizeof(ulong)]]);

        public CertifiedHolder Certify(FourAttributes attributes) =>
            new(attributes.Name, new('0', attributes.Name.Length), attributes.Address, new('0', attributes.Address.Length), attributes.BirthDate, attributes.Sex);

        public Octets Sign(CertificateOrder order) => Octets.From([.. order.Serial.ToOctets(), .. new byte[LengthOfACertificate]]);
    }
}
