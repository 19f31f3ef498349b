using System.Runtime.CompilerServices;
using Jpki.Domain.Identifiers;
using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Silo.Revocation;

namespace Jpki.Silo.Reconciliation;

/// <summary>
/// 突合: compares, resident by resident, what the events say with the register, the published lists, OCSP and the card as last read, while commands
/// go on. What differs is looked at a second time after lists were made anew, so that what was merely on its way is not reported.
/// </summary>
/// <param name="time">Of the machinery: how long to wait before the second look.</param>
internal sealed class Reconciler(
    ResidentLedger ledger, CertificateRegister register, CardReadings readings, Outside outside, ICivilClock clock, TimeProvider time)
{
    private const int ProgressEvery = 1_000;

    // As long as OCSP may give out an answer that was signed before a change.
    private static readonly TimeSpan _settling = PresignedAnswers.LongestSilence + StatusWatch.Interval;

    /// <summary>Progress now and then, every difference, and the summary as the last line.</summary>
    public async IAsyncEnumerable<ReconciliationLine> RunAsync(ReconciliationScope scope, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await outside.FetchListsAsync(cancellation);
        var (suspects, residents, certificates, cards, differences) = (new List<ResidentId>(), 0L, 0L, 0L, 0L);
        await foreach (var resident in ResidentsAsync(scope, cancellation))
        {
            if (await ExamineAsync(resident, scope.Office, cancellation) is not { } examined)
                continue;
            residents++;
            certificates += examined.Certificates;
            cards += examined.CardWasRead ? 1 : 0;
            if (examined.Differences.Count > 0)
                suspects.Add(resident);
            if (residents % ProgressEvery == 0)
                yield return new(Progress: residents);
        }

        if (suspects.Count > 0)
        {
            await Task.Delay(_settling, time, cancellation);
            await outside.FetchListsAsync(cancellation);
        }

        foreach (var suspect in suspects)
        {
            foreach (var difference in (await ExamineAsync(suspect, scope.Office, cancellation))?.Differences ?? [])
            {
                differences++;
                yield return new(Difference: difference);
            }
        }

        yield return new(Summary: new(residents, certificates, cards, differences));
    }

    private IAsyncEnumerable<ResidentId> ResidentsAsync(ReconciliationScope scope, CancellationToken cancellation) => scope.Resident is { } only
        ? new[] { only }.ToAsyncEnumerable()
        : ledger.ResidentsAsync(scope.Office?.Municipality, cancellation);

    /// <returns>None when the resident is not of the office asked for, or unknown.</returns>
    private async Task<Examined?> ExamineAsync(ResidentId resident, OfficeCode? office, CancellationToken cancellation)
    {
        var truth = Truth.Of(resident, await ledger.ReadAsync(resident, cancellation));
        if (truth.History.Count == 0 || (office is { } only && truth.Office != only))
            return null;

        var rows = await register.OfResidentAsync(resident, cancellation).ToListAsync(cancellation);
        var now = clock.Now;
        var valid = truth.Certificates.Where(each => now <= each.NotAfter).ToList();
        var differences = new List<Difference>();
        differences.AddRange(Comparison.WithRegister(truth, rows));
        differences.AddRange(Comparison.WithLists(truth, valid, outside.Listed));
        foreach (var ofAuthority in valid.GroupBy(each => each.AuthorityKeyId))
        {
            var answers = await outside.AskAsync(ofAuthority.Key, ofAuthority.Select(each => each.Serial), cancellation);
            differences.AddRange(Comparison.WithOcsp(truth, ofAuthority, answers));
        }

        var reading = await readings.LastAsync(resident, cancellation);
        if (reading is not null)
            differences.AddRange(Comparison.WithCard(truth, reading));
        return new(valid.Count, reading is not null, differences);
    }

    private sealed record Examined(int Certificates, bool CardWasRead, IReadOnlyList<Difference> Differences);
}
