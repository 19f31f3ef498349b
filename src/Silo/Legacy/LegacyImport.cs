using System.Runtime.CompilerServices;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Grains;

namespace Jpki.Silo.Legacy;

/// <summary>What became of a line.</summary>
public enum LegacyOutcome
{
    /// <summary>Recorded now.</summary>
    Accepted,

    /// <summary>The same certificate was recorded before; nothing happened.</summary>
    DoneBefore,

    /// <summary>Nothing was recorded, for a reason.</summary>
    Rejected,

    /// <summary>The ledger did not answer; the import stops with this line.</summary>
    Unknown,
}

/// <param name="Reason">None for an accepted line.</param>
public sealed record LegacyResult(int Line, LegacyOutcome Outcome, Refusal? Reason);

/// <summary>
/// 住基カードの電子証明書の移行: each line becomes a command to its resident's grain, one after the other. The serial number makes a repetition
/// harmless, so whatever was interrupted is sent again whole.
/// </summary>
public sealed partial class LegacyImport(IGrainFactory grains, TimeProvider time, ILogger<LegacyImport> logger)
{
    private const int Attempts = 3;
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<LegacyResult> RunAsync(LegacyFile file, Actor by, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var holders = new Dictionary<SerialNumber, ResidentId>();
        var counts = new int[Enum.GetValues<LegacyOutcome>().Length];
        await foreach (var line in file.LinesAsync(cancellation))
        {
            var result = line switch
            {
                LegacyLine.Faulty faulty => Rejected(line, faulty.Problem),
                LegacyLine.Entry entry when IsOfAnother(holders, entry) => Rejected(line, LegacyProblems.SerialOfAnotherResident()),
                LegacyLine.Entry entry => Remember(holders, entry, await RecordAsync(entry, by, cancellation)),
                _ => throw new InvalidOperationException("A line is an entry or faulty."),
            };
            counts[(int)result.Outcome]++;
            yield return result;
            if (result.Outcome == LegacyOutcome.Unknown)
                break;
        }

        LogEnd(counts[(int)LegacyOutcome.Accepted], counts[(int)LegacyOutcome.DoneBefore], counts[(int)LegacyOutcome.Rejected],
            counts[(int)LegacyOutcome.Unknown] == 0);
    }

    /// <summary>An authority gave each number once; the ledger sees one resident at a time and can't tell.</summary>
    private static bool IsOfAnother(Dictionary<SerialNumber, ResidentId> holders, LegacyLine.Entry entry) =>
        holders.TryGetValue(entry.Command.Serial, out var holder) && holder != entry.Resident;

    /// <summary>Only what stands recorded counts: a line with a mistaken resident must not stop the right one.</summary>
    private static LegacyResult Remember(Dictionary<SerialNumber, ResidentId> holders, LegacyLine.Entry entry, LegacyResult result)
    {
        if (result.Outcome is LegacyOutcome.Accepted or LegacyOutcome.DoneBefore)
            holders[entry.Command.Serial] = entry.Resident;
        return result;
    }

    private async Task<LegacyResult> RecordAsync(LegacyLine.Entry entry, Actor by, CancellationToken cancellation)
    {
        var envelope = new CommandEnvelope(new CommandId(Guid.CreateVersion7(time.GetUtcNow())), entry.Command);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            switch (await AskAsync(entry.Resident, new ResidentMessage.Submit(envelope, by)))
            {
                case ResidentAnswer.Done:
                    return new(entry.Number, LegacyOutcome.Accepted, null);
                case ResidentAnswer.Refused { Refusal: { Code: nameof(Refusals.LegacyAlreadyRecorded) } before }:
                    return new(entry.Number, LegacyOutcome.DoneBefore, before);
                case ResidentAnswer.Refused refused:
                    return Rejected(entry, refused.Refusal);
            }

            await Task.Delay(_pause, time, cancellation);
        }

        return new(entry.Number, LegacyOutcome.Unknown, LegacyProblems.OutcomeUnknown());
    }

    private async Task<ResidentAnswer> AskAsync(ResidentId resident, ResidentMessage message)
    {
        try
        {
            return await grains.GetGrain<IResidentGrain>(resident.Value).Handle(message);
        }
#pragma warning disable CA1031 // A grain that can't load its stream throws what the ledger threw: whatever it was, ask again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNoAnswer(resident, exception.GetType().Name);
            return new ResidentAnswer.TryAgain();
        }
    }

    private static LegacyResult Rejected(LegacyLine line, Refusal reason) => new(line.Number, LegacyOutcome.Rejected, reason);

    [LoggerMessage(LogLevel.Information, "Legacy import: {Accepted} accepted, {DoneBefore} done before, {Rejected} rejected, to the end of the file: {Whole}")]
    private partial void LogEnd(int accepted, int doneBefore, int rejected, bool whole);

    [LoggerMessage(LogLevel.Warning, "{Resident}: no answer ({Failure}); asking again")]
    private partial void LogNoAnswer(ResidentId resident, string failure);
}
