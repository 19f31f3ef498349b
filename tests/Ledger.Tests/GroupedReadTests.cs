using System.Collections.Concurrent;
using System.Diagnostics;
using Jpki.Domain.Identifiers;
using Jpki.Ledger.Tests.Support;
using Npgsql;

namespace Jpki.Ledger.Tests;

/// <summary>Residents asked for together are read by one query, and each reader gets its own.</summary>
public sealed class GroupedReadTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loads_that_gathered_are_answered_in_one_round_trip_each_with_its_own_history()
    {
        var residents = await StoredAsync(first: 1, count: 40);
        await using var open = OpenLedger.On(database.ConnectionString);

        using var statements = new Statements(database.ConnectionString);
        var histories = await TogetherAsync(open, [.. residents, Given.Resident(999)]);

        Assert.Equal(Gathering.Blockers + 1, statements.Count);
        for (var index = 0; index < residents.Length; index++)
            Assert.Equal((2L, Given.Command(residents[index].GetHashCode())), ((await histories[index]).Version, (await histories[index]).Done.Single()));
        Assert.Equal(0, (await histories[^1]).Version);
    }

    [Fact]
    public async Task A_damaged_stream_fails_for_its_own_reader_only()
    {
        var residents = await StoredAsync(first: 101, count: 40);
        await Sql.ExecuteAsync(database.ConnectionString, $"update ledger.mt_events set data = '[]' where stream_id = '{residents[13]}'");
        await using var open = OpenLedger.On(database.ConnectionString);

        var histories = await TogetherAsync(open, residents);

        await Assert.ThrowsAsync<LedgerDamagedException>(() => histories[13]);
        foreach (var history in histories.Where(each => each != histories[13]))
            Assert.Equal(2, (await history).Version);
    }

    [Fact]
    public async Task A_reader_who_leaves_disturbs_nobody()
    {
        var residents = await StoredAsync(first: 201, count: 3);
        await using var open = OpenLedger.On(database.ConnectionString);
        using var impatience = new CancellationTokenSource();
        await using var gathering = await Gathering.AtAsync(database.ConnectionString, open);
        var left = open.Ledger.LoadAsync(residents[0], impatience.Token);
        var stayed = open.Ledger.LoadAsync(residents[1], Cancellation);

        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await gathering.EndAsync();
        Assert.Equal(2, (await stayed).Version);
    }

    private async Task<ResidentId[]> StoredAsync(int first, int count)
    {
        ResidentId[] residents = [.. Enumerable.Range(first, count).Select(Given.Resident)];
        await Task.WhenAll(residents.Select(each => database.Ledger.AppendedAsync(
            each, 0, Given.Command(each.GetHashCode()), SampleEvents.Registration, SampleEvents.NameChange)));
        return residents;
    }

    private async Task<IReadOnlyList<Task<Domain.Residents.ResidentHistory>>> TogetherAsync(OpenLedger open, IEnumerable<ResidentId> residents)
    {
        await using var gathering = await Gathering.AtAsync(database.ConnectionString, open);
        List<Task<Domain.Residents.ResidentHistory>> loads = [.. residents.Select(each => open.Ledger.LoadAsync(each, Cancellation))];
        await gathering.EndAsync();
        await Eventually.TrueAsync(() => Task.FromResult(loads.TrueForAll(each => each.IsCompleted)));
        return loads;
    }

    /// <summary>Keeps every query of a ledger waiting, so that what is asked for meanwhile gathers.</summary>
    private sealed class Gathering(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Task> blocked) : IAsyncDisposable
    {
        public const int Blockers = 2;

        public static async Task<Gathering> AtAsync(string connectionString, OpenLedger open)
        {
            var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(Cancellation);
            var transaction = await connection.BeginTransactionAsync(Cancellation);
            await using var halt = new NpgsqlCommand("lock table ledger.mt_events in access exclusive mode", connection, transaction);
            await halt.ExecuteNonQueryAsync(Cancellation);
            var blocked = new List<Task>();
            for (var waiting = 1; waiting <= Blockers; waiting++)
            {
                blocked.Add(open.Ledger.LoadAsync(Given.Resident(90_000 + waiting), Cancellation));
                await Standstill.HoldsAsync(connectionString, waiting);
            }

            return new(connection, transaction, blocked);
        }

        public async Task EndAsync()
        {
            await transaction.RollbackAsync(Cancellation);
            await Task.WhenAll(blocked);
        }

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }

    /// <summary>Counts the queries of events that are sent to one database.</summary>
    private sealed class Statements : IDisposable
    {
        private readonly ConcurrentBag<string> _texts = [];
        private readonly ActivityListener _listener;

        public Statements(string connectionString)
        {
            var database = new NpgsqlConnectionStringBuilder(connectionString).Database;
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    var text = activity.TagObjects.Select(each => each.Value as string).FirstOrDefault(each => each?.Contains("mt_events") is true);
                    if (text?.StartsWith("select", StringComparison.OrdinalIgnoreCase) is true && activity.TagObjects.Any(each => each.Value as string == database))
                        _texts.Add(text);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public int Count => _texts.Count;

        public void Dispose() => _listener.Dispose();
    }
}
