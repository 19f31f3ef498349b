using JasperFx;
using JasperFx.Events;
using Jpki.Domain;
using Jpki.Domain.Json;
using Jpki.Ledger.Proofs;
using Jpki.Ledger.Statistics;
using Marten;
using Npgsql;

namespace Jpki.Ledger.Storage;

/// <summary>
/// Marten as this ledger wants it. Opened when the server is known, which may be after the container handed out the objects that use it.
/// </summary>
internal sealed class LedgerStore(LedgerOptions options, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>The PostgreSQL schema of all tables of the ledger.</summary>
    public const string SchemaName = "ledger";

    // Any number of our own; it must only differ from other advisory locks in the database.
    private const long MigrationLock = 0x6A706B69_00000001;

    // Longer than any migration of another silo is worth waiting for at start.
    private const int MigrationSeconds = 120;

    // Marten waits for its tombstones of failed appends to be stored, on a database that may be what failed. Nobody needs them.
    private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(5);

    // All that commands, loads and followers repeat: connections are shared, so each sees all of them, and one too few has them displace each other.
    private const int PreparedStatements = 100;

    private NpgsqlDataSource? _source;
    private WarmConnections? _warm;
    private DocumentStore? _documents;

    /// <summary>When an event is stored, by the clock that Marten was given.</summary>
    public DateTimeOffset Now => clock.GetUtcNow();

    public bool IsOpen => _documents is not null;

    /// <exception cref="InvalidOperationException">Not open yet: something uses the ledger before the host has started.</exception>
    public IDocumentStore Documents => _documents ?? throw NotOpen();

    public NpgsqlDataSource Source => _source ?? throw NotOpen();

    /// <summary>For what every command does; everybody else takes connections from <see cref="Source"/>.</summary>
    public WarmConnections Warm => _warm ?? throw NotOpen();

    public void Open(string connectionString)
    {
        if (IsOpen)
            throw new InvalidOperationException("The ledger is open already.");

        _source = NpgsqlDataSource.Create(Connection(connectionString));
        _warm = new(_source);
        _documents = DocumentStore.For(Configure);
    }

    /// <summary>Creates, changes or only compares the tables, as the options say.</summary>
    public Task PrepareAsync(CancellationToken cancellation) => options.Schema switch
    {
        SchemaHandling.CreateOrUpdate => MigrateAsync(cancellation),
        SchemaHandling.AssertOnly => Documents.Storage.Database.AssertDatabaseMatchesConfigurationAsync(cancellation),
        _ => throw new InvalidOperationException($"Unknown {nameof(SchemaHandling)} {options.Schema}."),
    };

    /// <summary>Whether the ledger is older than rows kept beside its events: there is none, and an event of a kind that leaves one.</summary>
    /// <param name="table">Of the rows; name with its schema.</param>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public Task<bool> IsOlderThanAsync<TEvent>(string table, CancellationToken cancellation) => Source.Statement(
        $"select not exists (select from {table}) and exists (select from {SchemaName}.mt_events where type = $1)",
        StoredNameAttribute.Of(typeof(TEvent)).Name).Patient().ScalarAsync<bool>(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_documents is not null)
            await _documents.DisposeAsync().AsTask().WaitAsync(CloseWithin).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_warm is not null)
            await _warm.DisposeAsync();
        if (_source is not null)
            await _source.DisposeAsync();
    }

    /// <summary>
    /// Does nothing where the same build did it last and the tables are as it left them. Otherwise one silo at a time: Marten's own migration
    /// lock does not hold with the unpatched lock package, and two migrations at once fail on each other's tables (docs/decisions/0002-marten-and-its-lock-package.md). The lock goes with its transaction.
    /// </summary>
    private async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var turn = await Source.OpenConnectionAsync(cancellation);
        if (await SchemaMark.StandsAsync(turn, cancellation))
            return;
        await using var transaction = await turn.BeginTransactionAsync(cancellation);
        await using var wait = new NpgsqlCommand($"select pg_advisory_xact_lock({MigrationLock})", turn, transaction);
        wait.CommandTimeout = MigrationSeconds;
        await wait.ExecuteNonQueryAsync(cancellation);
        await Documents.Storage.ApplyAllConfiguredChangesToDatabaseAsync(AutoCreate.CreateOrUpdate);
        await SchemaMark.SetAsync(turn, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private void Configure(StoreOptions store)
    {
        store.Connection(_source!);
        store.DatabaseSchemaName = SchemaName;
        store.AutoCreateSchemaObjects = AutoCreate.None;
        store.Serializer(new ContractSerializer());

        // A command is repeated by its sender with the same id; a second, hidden repetition would only delay the bad news.
        store.ConfigurePolly(_ => { });
        store.ConfigureWritePolly(_ => { });

        store.Events.StreamIdentity = StreamIdentity.AsString;
        store.Events.TimeProvider = clock;

        // Not Quick: it writes timestamps that are off by the session's time zone.
        store.Events.AppendMode = EventAppendMode.QuickWithServerTimestamps;

        // Two silos racing for one stream: the slower one waits and is told, instead of failing later and leaving a gap in the sequence.
        store.Events.UseExclusiveLockOnConcurrentAppends = true;
        store.Events.MetadataConfig.CausationIdEnabled = true;
        store.Events.MetadataConfig.HeadersEnabled = true;
        store.Storage.ExtendedSchemaObjects.AddRange(
        [
            new EvidenceTable(), new BulkTable(), new BulkLineTable(), new CardReadingTable(), new OpenWorkTable(),
            new CertificateTable(), new RevocationListTable(), new RevocationListPartTable(), new AuthorityJournalTable(),
            new LeafTable(), new NodeTable(), new TreeTable(), new TailTable(), new SaltTable(), new CheckpointTable(), new CosignatureTable(), new CommitmentTable(),
            new StatisticsViewTable(), new StatisticsCellTable(), new StatisticsResidentTable(), new StatisticsRebuildTable(), new StatisticsIncidentTable(),
        ]);
        store.Storage.ExtendedSchemaObjects.Add(AppendFunction.Create());
        foreach (var (name, type) in StoredNames.Events.Concat(StoredNames.JournalEvents))
            store.Events.MapEventType(type, name);
        CompletedNight.Map(store);
    }

    private string Connection(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString) { IncludeErrorDetail = false, ApplicationName = "jpki-ledger" };
        // ContainsKey would say yes of every key there is, set or not.
        if (!connection.ShouldSerialize("Maximum Pool Size"))
            connection.MaxPoolSize = options.MaxPoolSize;
        // A reset (DISCARD ALL) throws away the plans of the function that appends, which then takes four times as long. Nothing here leaves
        // anything in a session but the publisher's turn, which gives back its lock or the session.
        if (!connection.ShouldSerialize("No Reset On Close"))
            connection.NoResetOnClose = true;
        if (!connection.ShouldSerialize("Max Auto Prepare"))
            connection.MaxAutoPrepare = PreparedStatements;
        return connection.ConnectionString;
    }

    private static InvalidOperationException NotOpen() => new("The ledger is not open yet.");
}
