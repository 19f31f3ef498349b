using System.Security.Cryptography;
using System.Text;
using Jpki.Domain;
using Jpki.Domain.Bulk;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Silo.Journal;
using Jpki.Silo.Registry;

namespace Jpki.Silo.Bulk;

/// <summary>一括失効の受付: asks each line's resident whether the proposal would be taken, and puts what would be before the second officer.</summary>
public sealed class BulkIntake(BulkStore store, PatientDoor door, OfficeJournal journal, ICivilClock clock)
{
    /// <summary>Residents asked at a time: counters are to be served meanwhile.</summary>
    private const int AtOnce = 8;

    /// <param name="id">The same id again, by the same officer, is answered with what was stored the first time.</param>
    /// <param name="by">May propose (<see cref="BulkRevocation.MayPropose"/>).</param>
    /// <param name="read">The file.</param>
    /// <returns>The report; null when the id belongs to another's.</returns>
    /// <exception cref="LedgerOutcomeUnknownException">Stored or not; the same again tells.</exception>
    public async Task<BulkReport?> ProposeAsync(
        CommandId id, ExOfficioReason reason, Actor by, IReadOnlyList<BulkLineState> read, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation) is { } before)
            return await AnswerAgainAsync(before, by, cancellation);

        var draft = new BulkRevocation(id, reason, by, clock.Now, "");
        var lines = await CheckAsync(draft, read, cancellation);
        var accepted = Accepted(lines).ToArray();
        if (accepted.Length == 0)
            return new(null, [.. lines.Select(BulkLineView.Of)]);

        var bulk = draft with { Sha256 = HashOf(accepted) };
        return !await store.SaveAsync(bulk, lines, cancellation) && await store.FindAsync(id, cancellation) is { } faster
            ? await AnswerAgainAsync(faster, by, cancellation)
            : new(BulkView.Of(new(bulk, new(accepted.Length, lines.Length - accepted.Length, 0, 0)), draft.ProposedAt), [.. lines.Select(BulkLineView.Of)]);
    }

    /// <summary>The accepted lines as CSV, of which the hash is taken.</summary>
    public static byte[] Text(IEnumerable<BulkLine> accepted) =>
        Encoding.ASCII.GetBytes(string.Concat(accepted.Select(each => each.ToText()).Prepend(BulkLine.Columns)));

    /// <summary>The lines that were put before the second officer, whatever became of them since.</summary>
    public static IEnumerable<BulkLine> Accepted(IEnumerable<BulkLineState> lines) =>
        lines.Where(each => each.Outcome != BulkOutcome.Rejected).Select(each => each.Line!);

    /// <summary>Whether the lines are those whose hash the second officer saw.</summary>
    public static bool IsUnaltered(BulkRevocation bulk, IEnumerable<BulkLineState> lines) => HashOf(Accepted(lines)) == bulk.Sha256;

    private static string HashOf(IEnumerable<BulkLine> accepted) => Convert.ToHexStringLower(SHA256.HashData(Text(accepted)));

    private async Task<BulkReport?> AnswerAgainAsync(StoredBulk before, Actor by, CancellationToken cancellation) =>
        before.Bulk.ProposedBy.Subject == by.Subject
            ? new(BulkView.Of(before, clock.Now), [.. (await store.LinesAsync(before.Bulk.Id, cancellation)).Select(BulkLineView.Of)])
            : null;

    private async Task<BulkLineState[]> CheckAsync(BulkRevocation bulk, IReadOnlyList<BulkLineState> read, CancellationToken cancellation)
    {
        var lines = read.ToArray();
        await Parallel.ForAsync(0, lines.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (i, token) =>
        {
            if (lines[i] is { Outcome: BulkOutcome.Waiting, Line: { } line } && await RefusalOfAsync(bulk, line, token) is { } why)
                lines[i] = lines[i] with { Outcome = BulkOutcome.Rejected, Why = why };
        });
        return lines;
    }

    private async Task<Refusal?> RefusalOfAsync(BulkRevocation bulk, BulkLine line, CancellationToken cancellation)
    {
        // Asked before the grain is: a foreign resident's is none of this office's business.
        var proposal = line.ToProposal(bulk);
        if (line.Resident.Municipality != bulk.Municipality)
            return await RefusedAsync(bulk, line, proposal, Refusals.OtherMunicipality());

        return await door.WeighAsync(line.Resident, proposal, bulk.ProposedBy, cancellation) switch
        {
            ResidentAnswer.Acceptable => null,
            ResidentAnswer.Refused refused => refused.Refusal,
            _ => BulkRefusals.NotChecked(),
        };
    }

    private async Task<Refusal> RefusedAsync(BulkRevocation bulk, BulkLine line, CommandEnvelope proposal, Refusal why) =>
        await journal.RefusedAsync(bulk.ProposedBy, proposal.Command.Name(), proposal.CommandId, why.Code, why.Rule, line.Resident)
            ? why
            : BulkRefusals.NotChecked();
}
