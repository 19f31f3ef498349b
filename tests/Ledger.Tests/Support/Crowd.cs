using System.Collections.Concurrent;
using Jpki.Domain.Identifiers;

namespace Jpki.Ledger.Tests.Support;

/// <summary>
/// Callers who behave as grains do: each owns a resident, appends one command after the other, repeats a command whose outcome is not
/// known after a reload, and remembers what was acknowledged.
/// </summary>
internal sealed class Crowd(ResidentLedger ledger, int callers)
{
    private readonly ConcurrentDictionary<ResidentId, List<CommandId>> _acknowledged = new();
    private int _count;

    /// <summary>Commands acknowledged so far.</summary>
    public int Count => _count;

    /// <summary>Appends until the token is cancelled; each caller then ends its command.</summary>
    public Task AppendUntilAsync(CancellationToken enough) =>
        Task.WhenAll(Enumerable.Range(1, callers).Select(caller => Task.Run(() => AppendUntilAsync(caller, enough), enough)));

    /// <summary>What was acknowledged is there, once, in its order, and nothing else is.</summary>
    public async Task HasAllOfItAsync(ResidentLedger ledger)
    {
        Assert.Equal(callers, _acknowledged.Count);
        foreach (var (resident, commands) in _acknowledged)
        {
            var stored = await ledger.ReadAsync(resident, TestContext.Current.CancellationToken);
            Assert.Equal(commands, stored.Select(each => each.Provenance.CommandId));
            Assert.Equal(Enumerable.Range(1, stored.Count).Select(each => (long)each), stored.Select(each => each.Version));
        }
    }

    private async Task AppendUntilAsync(int caller, CancellationToken enough)
    {
        var resident = Given.Resident(caller);
        var mine = _acknowledged.GetOrAdd(resident, _ => []);
        while (mine.Count == 0 || !enough.IsCancellationRequested)
        {
            var command = Given.Command((caller * 100_000) + mine.Count);
            await UntilDoneAsync(resident, mine.Count, command);
            mine.Add(command);
            Interlocked.Increment(ref _count);
        }
    }

    private async Task UntilDoneAsync(ResidentId resident, long version, CommandId command)
    {
        while (true)
        {
            try
            {
                var happened = version == 0 ? SampleEvents.Registration : SampleEvents.NameChange;
                var outcome = await ledger.AppendAsync(resident, version, [happened], Given.By(command), cancellation: TestContext.Current.CancellationToken);
                if (outcome is AppendOutcome.Appended || await IsDoneAsync(resident, command))
                    return;
            }
            catch (Exception e) when (e is LedgerOutcomeUnknownException or LedgerUnavailableException)
            {
                // As a sender would: the same command again.
            }
        }
    }

    private async Task<bool> IsDoneAsync(ResidentId resident, CommandId command) =>
        (await ledger.LoadAsync(resident, TestContext.Current.CancellationToken)).Done.Contains(command);
}
