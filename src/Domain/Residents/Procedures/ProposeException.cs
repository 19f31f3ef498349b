using System.Diagnostics;
using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 例外の提案: the first of two pairs of eyes. Nothing comes of it until a second officer confirms (<see cref="ConfirmProposal"/>). It is made at an
/// office, at any hour: who comes a minute late comes outside the hours. Each proposal is about one resident; many at once are a <see cref="Bulk.BulkRevocation"/>, whose lines come to this.
/// </summary>
[StoredName("propose-exception", "例外の提案")]
public sealed record ProposeException(ProposedException What) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c) =>
        (Guards.AtOffice(c) ?? Unfit(What, state, c)) is { } refusal ? refusal : Decision.Accept(new ProposalMade(c.CommandId, What));

    /// <summary>Why the exception makes no sense as things are, asked when it is proposed and again when it is confirmed; otherwise none.</summary>
    internal static Refusal? Unfit(ProposedException what, Resident.Registered state, Circumstances c) => what switch
    {
        ProposedException.ExOfficioRevocation x when x.Kinds.Count == 0 || x.Kinds.Distinct().Count() != x.Kinds.Count => Refusals.NoKindChosen(),
        ProposedException.ExOfficioRevocation x => Alive(x, state, c).Any() ? null : Refusals.NothingToRevoke(),
        ProposedException.ExOfficioRevocationBySerial x when state.WithSerial(x.Serial) is null => Refusals.UnknownCertificate(),
        ProposedException.ExOfficioRevocationBySerial x => state.WithSerial(x.Serial)!.IsAlive(c.At) ? null : Refusals.NothingToRevoke(),
        ProposedException.ReceptionHours x => x.On < c.Today ? Refusals.ExceptionInThePast(c.Today) : null,
        ProposedException.Ward => UnfitForWard(state, c),
        _ => throw new UnreachableException($"{what.GetType().Name} can't be proposed."),
    };

    private static Refusal? UnfitForWard(Resident.Registered state, Circumstances c)
    {
        if (!c.RuleSet.WardExceptions)
            return Refusals.NoExceptionForWards();
        return state.Ward switch
        {
            Ward.Under { SignatureAllowed: false } => null,
            Ward.Under => Refusals.WardStatusUnchanged(),
            _ => Refusals.NotAWard(),
        };
    }

    internal static IEnumerable<Certificate> Alive(ProposedException.ExOfficioRevocation what, Resident.Registered state, Circumstances c) =>
        state.Certificates.Where(each => what.Kinds.Contains(each.Kind) && each.IsAlive(c.At));
}

/// <summary>
/// 例外の承認: the second pair of eyes, a supervisor's, and never those that proposed. What follows happens in the same decision: a revocation at
/// once; opened hours hold on their day.
/// </summary>
/// <param name="Proposal">The command that proposed.</param>
[StoredName("confirm-proposal", "例外の承認")]
public sealed record ConfirmProposal(CommandId Proposal) : ResidentCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (state.Supervision.Find(Proposal) is not { } proposal)
            return Refusals.NoSuchProposal();
        if ((Guards.AtOffice(c) ?? Second(proposal, c) ?? ProposeException.Unfit(proposal.What, state, c)) is { } refusal)
            return refusal;

        return Decision.Accept([new ProposalConfirmed(Proposal), .. Following(proposal.What, state, c)]);
    }

    private static Refusal? Second(Proposal proposal, Circumstances c)
    {
        if (proposal.By == c.By.Subject)
            return Refusals.SecondOfficerNeeded();
        return proposal.LastDay < c.Today ? Refusals.ProposalTooOld(proposal.LastDay) : null;
    }

    private static IEnumerable<ResidentEvent> Following(ProposedException what, Resident.Registered state, Circumstances c) =>
        what switch
        {
            ProposedException.ExOfficioRevocation revocation => ProposeException.Alive(revocation, state, c)
                .Select(each => new CertificateRevoked(each.Serial, each.Kind, CauseOf(revocation.Reason))),
            ProposedException.ExOfficioRevocationBySerial x =>
                [new CertificateRevoked(x.Serial, state.WithSerial(x.Serial)!.Kind, CauseOf(x.Reason))],
            ProposedException.Ward => [new WardSignatureAllowed()],
            _ => [],
        };

    private static RevocationCause CauseOf(ExOfficioReason reason) =>
        reason == ExOfficioReason.KeyLeaked ? RevocationCause.KeyLeaked : RevocationCause.RecordingError;
}
