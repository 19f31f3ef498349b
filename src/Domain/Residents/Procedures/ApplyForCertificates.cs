using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 電子証明書の申請: issue, reissue or renewal at the counter: the holder with the card and a PIN (S16), from the reception hours on (S15),
/// with a current card face (S25), the signature kind from fifteen years on (S24). The fee is settled here (S17–S21), validity too (S10, S13).
/// </summary>
/// <param name="Kinds">What is applied for: one or both, each once.</param>
[StoredName("apply-for-certificates", "電子証明書の申請")]
public sealed record ApplyForCertificates(PresentedCard Presented, IReadOnlyList<CertificateKind> Kinds, IdentityCheck Identified)
    : ResidentCommand, IDocumented
{
    DocumentImages? IDocumented.Images => Identified.Images;

    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (Refuse(state, c) is { } refusal)
            return refusal;

        var certificates = ValidityOf.Each(Kinds, state, Guards.LastDay(state.Card, Presented), c, kind => Reason(kind, state));
        return Decision.Accept(
        [
            new CertificatesApplied(c.CommandId, Presented.Serial, certificates, Identified),
            Fee.Settle(state, certificates, c),
            .. Applicants.UsedUp(Identified),
        ]);
    }

    private Refusal? Refuse(Resident.Registered state, Circumstances c) =>
        Guards.AtCounter(state, c)
        ?? Applicants.Check(state, this, Identified, c)
        ?? (Kinds.Count == 0 || Kinds.Distinct().Count() != Kinds.Count ? Refusals.NoKindChosen() : null)
        ?? Guards.OwnCard(state, Presented, c)
        ?? (state.Application is Application.Open ? Refusals.ApplicationUnderWay() : null)
        ?? Guards.CurrentFace(state)
        ?? Guards.AnyPin(Presented)
        ?? TooYoung(state, c)
        ?? Guards.NoSignatureForWards(state, Kinds)
        ?? Guards.NothingOnHold(state, c)
        ?? TooEarly(state, c);

    private Refusal? TooYoung(Resident.Registered state, Circumstances c) =>
        Kinds.Contains(CertificateKind.Signature) && Age.On(state.Attributes.BirthDate, c.Today) < Age.SignatureMinimum
            ? Refusals.TooYoungForSignature()
            : null;

    private Refusal? TooEarly(Resident.Registered state, Circumstances c)
    {
        if (c.RuleSet.RenewalWindowMonths is not { } months)
            return null;

        var opens = Kinds.Select(kind => state.Current(kind, c.At)).OfType<Certificate>()
            .Select(current => Jst.DayOf(current.NotAfter).AddMonths(-months).AddDays(1))
            .DefaultIfEmpty(DateOnly.MinValue)
            .Max();
        return c.Today < opens ? Refusals.RenewalNotOpenYet(opens) : null;
    }

    private static ApplicationReason Reason(CertificateKind kind, Resident.Registered state) => state.LastHeld(kind) switch
    {
        null => ApplicationReason.Issue,
        { IsRevoked: true } => ApplicationReason.Reissue,
        _ => ApplicationReason.Renewal,
    };
}
