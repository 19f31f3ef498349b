using Jpki.Domain;
using Jpki.Domain.Bulk;
using Jpki.Grains;
using Jpki.Silo.Registry;

namespace Jpki.Silo.Bulk;

/// <summary>
/// One line of a confirmed bulk revocation: proposed to its resident by the first officer and confirmed by the second, each under an id that
/// follows from the whole and the line. Whatever is repeated, and by whomever, it is done once.
/// </summary>
public sealed class BulkLineWork(PatientDoor door)
{
    /// <returns>What became of it; null when that is not known, and it is to be tried again.</returns>
    public async Task<BulkLineState?> CarryOutAsync(BulkRevocation bulk, BulkLine line, Actor confirmedBy, CancellationToken cancellation)
    {
        switch (await door.SubmitAsync(line.Resident, line.ToProposal(bulk), bulk.ProposedBy, cancellation))
        {
            case ResidentAnswer.Done proposed when IsOf(proposed, bulk.ProposedBy):
                break;
            case ResidentAnswer.Done:
                return Failed(line, BulkRefusals.CommandIdTaken());
            case ResidentAnswer.Refused refused:
                return Failed(line, refused.Refusal);
            default:
                return null;
        }

        return await door.SubmitAsync(line.Resident, line.ToConfirmation(bulk), confirmedBy, cancellation) switch
        {
            ResidentAnswer.Done confirmed when IsOf(confirmed, confirmedBy) => new(line.Number, line, BulkOutcome.Done),
            ResidentAnswer.Done => Failed(line, BulkRefusals.CommandIdTaken()),
            ResidentAnswer.Refused refused => await TakeBackAsync(bulk, line, confirmedBy, refused.Refusal, cancellation),
            _ => null,
        };
    }

    /// <summary>It ended between the two steps, or was turned down with its resident: nothing is to wait there.</summary>
    private async Task<BulkLineState?> TakeBackAsync(
        BulkRevocation bulk, BulkLine line, Actor confirmedBy, Refusal why, CancellationToken cancellation) =>
        await door.SubmitAsync(line.Resident, line.ToWithdrawal(bulk), confirmedBy, cancellation) is ResidentAnswer.TryAgain ? null : Failed(line, why);

    /// <summary>The ids can be reckoned by anybody from that of the whole; whoever used one first must not make the line look done.</summary>
    private static bool IsOf(ResidentAnswer.Done done, Actor by) => done.Answer.Events.All(each => each.Provenance.By == by);

    private static BulkLineState Failed(BulkLine line, Refusal why) => new(line.Number, line, BulkOutcome.Failed, why);
}
