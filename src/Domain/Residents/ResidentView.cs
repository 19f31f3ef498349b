using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents;

/// <summary>現在の状態: a resident as shown at an instant. The same fold as decisions are taken on, with expiry worked out for the instant.</summary>
/// <param name="Version">Version of the last event shown.</param>
/// <param name="At">The instant it is shown for.</param>
/// <param name="Attributes">The four attributes, for those who may see them.</param>
/// <param name="Card">The card, when one was handed over.</param>
/// <param name="Certificates">All ever ordered, oldest first.</param>
/// <param name="Application">The application under way, if any.</param>
/// <param name="PinReset">The approved PIN reset that is not known to be on the card, if any.</param>
public sealed record ResidentView(
    ResidentId Resident,
    long Version,
    DateTimeOffset At,
    FourAttributes? Attributes,
    CardView? Card,
    IReadOnlyList<CertificateView> Certificates,
    ApplicationView? Application,
    PinResetView? PinReset)
{
    /// <summary>Proposals that await a second officer, oldest first.</summary>
    public IReadOnlyList<Proposal> Proposals { get; init; } = [];

    /// <summary>The agent case under way, if any.</summary>
    public AgentCaseView? AgentCase { get; init; }

    /// <summary>The removal from the registry, or the departure that is announced; none of who is registered here.</summary>
    public RemovalView? Removal { get; init; }

    /// <summary>Why the last card ended, where no other has been handed over since.</summary>
    public CardEndCause? CardEnded { get; init; }

    /// <summary>Whether the resident is an adult ward, for those who may see the attributes.</summary>
    public bool? IsWard { get; init; }

    /// <summary>What is known of certificates on Juki cards, in the order they were recorded.</summary>
    public IReadOnlyList<LegacyCertificateView> Legacy { get; init; } = [];

    /// <summary>None for a resident without events.</summary>
    public static ResidentView? Of(ResidentId id, ResidentHistory history, DateTimeOffset at, bool withAttributes) => history.State switch
    {
        Resident.Registered s => new(
            id,
            history.Version,
            at,
            withAttributes ? s.Attributes : null,
            s.Card is Card.InHand card ? new CardView(card.Serial, card.ExpiresOn, card.FaceIsCurrent) : null,
            [.. s.Certificates.Select(each => CertificateView.Of(each, at))],
            s.Application is Application.Open open ? new ApplicationView(open.Id, open.Card, open.Remaining) : null,
            s.PinReset is PinResetState.Approved approved ? new PinResetView(approved.Id, approved.Card, approved.Pins) : null)
        {
            Proposals = s.Supervision.Proposals,
            AgentCase = AgentCaseView.Of(s.AgentCase),
            Removal = RemovalView.Of(s.Residence),
            CardEnded = (s.Card as Card.Ended)?.Cause,
            IsWard = withAttributes ? s.Ward is Ward.Under : null,
            Legacy = [.. s.Legacy.All.Select(each => LegacyCertificateView.Of(each, at))],
        },
        _ => null,
    };

    /// <summary>The certificate of a kind on the card that is not revoked, whether active, on hold or expired; the newest.</summary>
    public CertificateView? Carried(CertificateKind kind) => Certificates.LastOrDefault(each =>
        each.Kind == kind && each.PendingKey is null && each.Status is CertificateStatus.Active or CertificateStatus.OnHold or CertificateStatus.Expired);
}

/// <param name="OccurredOn">First day no longer registered; in the future while a departure is only announced.</param>
/// <param name="ContinuedUse">The card is used on from abroad.</param>
public sealed record RemovalView(RemovalCause Cause, DateOnly OccurredOn, bool ContinuedUse)
{
    public static RemovalView? Of(Residence residence) => residence switch
    {
        Residence.Departing departing => new(RemovalCause.MovedOverseas, departing.DepartsOn, ContinuedUse: true),
        Residence.Overseas overseas => new(RemovalCause.MovedOverseas, overseas.DepartedOn, ContinuedUse: true),
        Residence.Removed removed => new(removed.Cause, removed.OccurredOn, ContinuedUse: false),
        _ => null,
    };
}

/// <param name="ExpiresOn">Last day, inclusive.</param>
public sealed record CardView(CardSerial Serial, DateOnly ExpiresOn, bool FaceIsCurrent);

/// <summary>電子証明書の状態, as shown.</summary>
public enum CertificateStatus
{
    /// <summary>発行指図済</summary>
    Ordered,

    /// <summary>書込み待ち</summary>
    Issued,

    /// <summary>有効</summary>
    Active,

    /// <summary>一時停止中</summary>
    OnHold,

    /// <summary>失効</summary>
    Revoked,

    /// <summary>有効期間満了</summary>
    Expired,

    /// <summary>発行の事故</summary>
    Refused,
}

/// <param name="Sha256">Of the DER to be written, while it is not known to be on the card.</param>
/// <param name="PendingKey">SubjectPublicKeyInfo it was ordered for, while it is not known to be on the card.</param>
/// <param name="Since">Of the hold, the revocation or the refusal.</param>
/// <param name="Cause">Why it was revoked.</param>
/// <param name="Holds">What holds it; empty when nothing does.</param>
public sealed record CertificateView(
    SerialNumber Serial,
    CertificateKind Kind,
    CertificateStatus Status,
    DateTimeOffset NotAfter,
    string? Sha256,
    Octets? PendingKey,
    DateTimeOffset? Since,
    RevocationCause? Cause,
    IReadOnlyList<HoldCause> Holds)
{
    /// <summary>Why it was refused, as codes of departures from its profile; empty when it was not.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    public static CertificateView Of(Certificate certificate, DateTimeOffset at)
    {
        var revoked = certificate.Standing as Standing.Revoked;
        var refused = certificate.Standing as Standing.Refused;
        var hold = certificate.Standing as Standing.OnHold;
        var issued = (hold?.Found ?? certificate.Standing) as Standing.Issued;
        return new(
            certificate.Serial,
            certificate.Kind,
            StatusOf(certificate, at),
            certificate.NotAfter,
            issued?.Sha256,
            certificate.PendingKey is { IsEmpty: false } key ? key : null,
            revoked?.At ?? hold?.Since ?? refused?.At,
            revoked?.Cause,
            hold?.Causes ?? [])
        {
            Findings = refused?.Findings ?? [],
        };
    }

    private static CertificateStatus StatusOf(Certificate certificate, DateTimeOffset at) => certificate.Standing switch
    {
        Standing.Revoked => CertificateStatus.Revoked,
        Standing.Refused => CertificateStatus.Refused,
        _ when at > certificate.NotAfter => CertificateStatus.Expired,
        Standing.Ordered => CertificateStatus.Ordered,
        Standing.Issued => CertificateStatus.Issued,
        Standing.Active => CertificateStatus.Active,
        Standing.OnHold => CertificateStatus.OnHold,
        _ => throw new ArgumentOutOfRangeException(nameof(certificate)),
    };
}

/// <param name="Remaining">Kinds not yet confirmed on the card.</param>
public sealed record ApplicationView(CommandId Id, CardSerial Card, IReadOnlyList<AppliedCertificate> Remaining);

public sealed record PinResetView(CommandId Id, CardSerial Card, IReadOnlyList<PinKind> Pins);

/// <summary>A certificate on a Juki card, as shown.</summary>
/// <param name="Status">Active, revoked or expired.</param>
/// <param name="LastDay">Last day of validity, inclusive, JST, leaving changes aside.</param>
/// <param name="EndedOn">The day of the change that ended it.</param>
public sealed record LegacyCertificateView(SerialNumber Serial, CertificateStatus Status, DateOnly IssuedOn, DateOnly LastDay, DateOnly? EndedOn)
{
    public static LegacyCertificateView Of(LegacyCertificate certificate, DateTimeOffset at)
    {
        var status = (certificate.EndedOn, certificate.IsAlive(Jst.DayOf(at))) switch
        {
            (not null, _) => CertificateStatus.Revoked,
            (_, true) => CertificateStatus.Active,
            _ => CertificateStatus.Expired,
        };
        return new(certificate.Serial, status, certificate.Validity.IssuedOn, certificate.Validity.LastDay, certificate.EndedOn);
    }
}
