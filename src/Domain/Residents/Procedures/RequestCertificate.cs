using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>
/// 発行要求: the card made a key pair and proves with a PKCS#10 request (RFC 2986) that it holds the private key. The back office checks the
/// proof and turns the request into an <see cref="OrderCertificate"/>.
/// </summary>
/// <param name="Application">The application it belongs to.</param>
/// <param name="CertificationRequest">DER CertificationRequest, its subject's CN being <see cref="ProofSubject"/>.</param>
[StoredName("request-certificate", "電子証明書の発行要求")]
public sealed record RequestCertificate(CommandId Application, CertificateKind Kind, Octets CertificationRequest) : ResidentCommand
{
    /// <summary>
    /// What the request's subject must say: it binds the proof to this application and kind, so that a request made for another
    /// resident or occasion proves nothing here.
    /// </summary>
    public static string ProofSubject(CommandId application, CertificateKind kind) => $"{kind} {application}";
}

/// <summary>
/// 発行指図: the proven request with everything the shell adds that a pure decision can't make: a random serial and common name, and the
/// authority's present key.
/// </summary>
/// <param name="SubjectPublicKeyInfo">Proven to be held by the card.</param>
/// <param name="Holder">The attributes as certified, for a signature certificate; made from the state the decision is taken on.</param>
[StoredName("order-certificate", "電子証明書の発行指図")]
public sealed record OrderCertificate(
    CommandId Application,
    CertificateKind Kind,
    Octets SubjectPublicKeyInfo,
    SerialNumber Serial,
    string CommonName,
    string AuthorityKeyId,
    CertifiedHolder? Holder) : InternalCommand
{
    internal Decision Decide(Resident.Registered state, Circumstances c)
    {
        if (state.Application is not Application.Open open || open.Id != Application)
            return Refusals.NoSuchApplication();
        if (open.Remaining.Find(each => each.Kind == Kind) is not { } applied)
            return Refusals.KindNotApplied();
        if (NotNow(state, open, applied, c) is { } refusal)
            return refusal;

        var unconfirmed = state.Certificates.FindAll(each => each.Kind == Kind && each.IsUnconfirmed && each.IsAlive(c.At));
        if (unconfirmed.Exists(each => each.PendingKey == SubjectPublicKeyInfo))
            return Refusals.AlreadyOrdered();

        // The card made a new key, so what was ordered for the old one can never be written: it ends here.
        var given = unconfirmed.Select(each => new CertificateRevoked(each.Serial, each.Kind, RevocationCause.NeverConfirmed));
        return Decision.Accept([.. given, new CertificateOrdered(Application, open.Card, Order(applied, c))]);
    }

    /// <summary>What may have come since the application: the end of its validity, a loss report, a change of what the face shows or of ward status.</summary>
    private Refusal? NotNow(Resident.Registered state, Application.Open open, AppliedCertificate applied, Circumstances c)
    {
        if (applied.LastDay < c.Today)
            return Refusals.ValidityHasEnded();
        if ((Guards.NothingOnHold(state, c) ?? Guards.CurrentFace(state) ?? Guards.NoSignatureForWards(state, [Kind])) is { } refusal)
            return refusal;

        // The last day was reckoned from the new user authentication certificate (S10). Should that one never come, the old one still bounds.
        var outlivesHeld = Kind == CertificateKind.Signature
            && state.Current(CertificateKind.UserAuthentication, c.At) is { } held && held.NotAfter < Jst.EndOf(applied.LastDay);
        return outlivesHeld && open.Remaining.Exists(each => each.Kind == CertificateKind.UserAuthentication)
            ? Refusals.UserAuthenticationFirst()
            : null;
    }

    private CertificateOrder Order(AppliedCertificate applied, Circumstances c) => new(
        Serial,
        Kind,
        SubjectPublicKeyInfo,
        CommonName,
        c.Municipality.EnglishPrefecture,
        c.Municipality.EnglishName,
        c.Municipality.Code,
        WholeSeconds(c.At),
        Jst.EndOf(applied.LastDay),
        AuthorityKeyId,
        Kind == CertificateKind.Signature ? Holder : null);

    // RFC 5280 4.1.2.5: times in certificates have no fractions of seconds.
    private static DateTimeOffset WholeSeconds(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerSecond));
}
