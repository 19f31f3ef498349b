using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents;

/// <summary>
/// 出来事: what happened in a resident's certificate lifecycle. This file is the permanent record's vocabulary: it is only ever added to;
/// a changed meaning is a new event with the next version. One JSON sample of each is kept under tests and compared.
/// </summary>
public abstract record ResidentEvent;

/// <summary>The registry made the resident known to this system.</summary>
/// <param name="OccurredOn">Since when it was so, by the registry.</param>
[StoredName("resident-registered.v1", "住民登録")]
public sealed record ResidentRegistered(FourAttributes Attributes, DateOnly OccurredOn) : ResidentEvent;

/// <summary>The registry changed at least one of the four attributes.</summary>
/// <param name="Attributes">All four as they are now.</param>
/// <param name="Changed">Which differ from before; never empty.</param>
/// <param name="OccurredOn">Since when it was so, by the registry; we may have learnt it later.</param>
[StoredName("four-attributes-changed.v1", "4情報の変更")]
public sealed record FourAttributesChanged(FourAttributes Attributes, IReadOnlyList<AttributeKind> Changed, DateOnly OccurredOn) : ResidentEvent;

/// <summary>The registry told of attributes of an earlier time, later than of those that followed. What is so now stays so.</summary>
/// <param name="Attributes">All four as they were then.</param>
/// <param name="OccurredOn">Since when it was so, before the present ones.</param>
[StoredName("earlier-attributes-learnt.v1", "過去の4情報の判明")]
public sealed record EarlierAttributesLearnt(FourAttributes Attributes, DateOnly OccurredOn) : ResidentEvent;

/// <summary>What the registry had told before was wrong; these are right, and were from the day on.</summary>
/// <param name="Attributes">All four as they are now.</param>
/// <param name="Changed">Which differ from before; never empty.</param>
/// <param name="OccurredOn">Since when it is so, by the registry.</param>
[StoredName("four-attributes-corrected.v1", "4情報の訂正")]
public sealed record FourAttributesCorrected(FourAttributes Attributes, IReadOnlyList<AttributeKind> Changed, DateOnly OccurredOn) : ResidentEvent;

/// <summary>The resident will leave the country and use the card on from abroad; until then nothing changes.</summary>
/// <param name="DepartsOn">First day no longer registered.</param>
[StoredName("departure-announced.v1", "国外転出の届出")]
public sealed record DepartureAnnounced(DateOnly DepartsOn) : ResidentEvent;

/// <summary>The resident is no longer in the registry (S23).</summary>
/// <param name="OccurredOn">First day no longer registered, by the registry.</param>
/// <param name="ContinuedUse">国外継続利用: the card and its user authentication certificate go on from abroad.</param>
[StoredName("resident-removed.v1", "住民票の消除")]
public sealed record ResidentRemoved(RemovalCause Cause, DateOnly OccurredOn, bool ContinuedUse) : ResidentEvent;

/// <summary>Who had moved away is registered here again.</summary>
/// <param name="Attributes">All four as they are now.</param>
/// <param name="OccurredOn">Since when, by the registry.</param>
[StoredName("resident-returned.v1", "再転入")]
public sealed record ResidentReturned(FourAttributes Attributes, DateOnly OccurredOn) : ResidentEvent;

/// <summary>The removal, or the departure announced, was told by mistake. What was revoked with it stays revoked.</summary>
[StoredName("removal-corrected.v1", "消除の訂正")]
public sealed record RemovalCorrected : ResidentEvent;

/// <summary>The resident became, or is no longer, an adult ward (S24).</summary>
/// <param name="OccurredOn">Since when it was so.</param>
[StoredName("ward-status-changed.v1", "後見の異動")]
public sealed record WardStatusChanged(WardChange Change, DateOnly OccurredOn) : ResidentEvent;

/// <summary>A supervisor allowed an adult ward signature certificates, until the ward status changes.</summary>
[StoredName("ward-signature-allowed.v1", "成年被後見人への署名用の例外")]
public sealed record WardSignatureAllowed : ResidentEvent;

/// <summary>A My Number card was handed to the resident.</summary>
/// <param name="ExpiresOn">The card's last day, inclusive.</param>
/// <param name="OptedOut">Kinds blackened as 不要 on the application (S5).</param>
/// <param name="TooYoungForSignature">Under fifteen on that day, so no signature certificate (S24).</param>
/// <param name="Identified">How the applicant was identified, where no application follows that says it.</param>
[StoredName("card-handed-over.v1", "個人番号カードの交付")]
public sealed record CardHandedOver(
    CardSerial Card,
    DateOnly ExpiresOn,
    IReadOnlyList<CertificateKind> OptedOut,
    bool TooYoungForSignature,
    IdentityCheck? Identified = null) : ResidentEvent;

/// <summary>The card is none any more; its certificates end with it.</summary>
[StoredName("card-ended.v1", "個人番号カードの廃止")]
public sealed record CardEnded(CardSerial Card, CardEndCause Cause) : ResidentEvent;

/// <summary>The face data on the card was brought up to date (S25).</summary>
[StoredName("card-face-updated.v1", "券面更新")]
public sealed record CardFaceUpdated(CardSerial Card) : ResidentEvent;

/// <summary>An application for certificates was accepted; validity is decided here and not again.</summary>
/// <param name="Application">The command that applied.</param>
/// <param name="Card">The card they will be written to.</param>
/// <param name="Certificates">Each kind with its last day and reason; never empty.</param>
/// <param name="Identified">How the holder was identified.</param>
[StoredName("certificates-applied.v1", "電子証明書の申請受理")]
public sealed record CertificatesApplied(
    CommandId Application, CardSerial Card, IReadOnlyList<AppliedCertificate> Certificates, IdentityCheck Identified) : ResidentEvent;

/// <param name="LastDay">Last day of validity, inclusive, by the rules of the day of application (S10, S13).</param>
/// <param name="Reason">Why it is issued.</param>
public sealed record AppliedCertificate(CertificateKind Kind, DateOnly LastDay, ApplicationReason Reason);

/// <summary>申請の理由</summary>
public enum ApplicationReason
{
    /// <summary>初回交付: loaded as the card is handed over (S3).</summary>
    HandOver,

    /// <summary>新規発行: a kind the card does not have yet.</summary>
    Issue,

    /// <summary>再発行: after revocation.</summary>
    Reissue,

    /// <summary>更新: in place of one still valid, or after it expired.</summary>
    Renewal,
}

/// <summary>本人確認書類 (S26), by its type only.</summary>
public enum IdentityDocument
{
    /// <summary>個人番号カード: the card itself, with its PIN.</summary>
    MyNumberCard,

    /// <summary>運転免許証</summary>
    DrivingLicence,

    /// <summary>旅券</summary>
    Passport,

    /// <summary>在留カード</summary>
    ResidenceCard,

    /// <summary>健康保険証等 two documents without a photograph</summary>
    TwoWithoutPhotograph,
}

/// <summary>本人確認: who applied, and how they were identified.</summary>
/// <param name="Document">Of who stands at the counter.</param>
/// <param name="Images">Both sides of it; none where none were made (S26).</param>
public sealed record IdentityCheck(IdentityDocument Document, DocumentImages? Images = null)
{
    /// <summary>The holder where nothing else is said, as in everything recorded before others could come.</summary>
    public Applicant Applicant { get; init; } = Applicant.Holder.Instance;
}

/// <summary>手数料の徴収: one fee an application, whatever the number of kinds (S17).</summary>
/// <param name="Yen">Yen, more than 0.</param>
/// <param name="Tariff">The row of the tariff it rests on.</param>
/// <param name="For">The kinds that are not free.</param>
[StoredName("fee-charged.v1", "手数料の徴収")]
public sealed record FeeCharged(CommandId Application, int Yen, string Tariff, IReadOnlyList<CertificateKind> For) : ResidentEvent;

/// <summary>Every kind applied for is free, each for its reason.</summary>
[StoredName("fee-waived.v1", "手数料の免除")]
public sealed record FeeWaived(CommandId Application, IReadOnlyList<Waiver> Waivers) : ResidentEvent;

/// <summary>Why one kind costs nothing.</summary>
public sealed record Waiver(CertificateKind Kind, WaiverReason Reason);

/// <summary>無料となる理由</summary>
public enum WaiverReason
{
    /// <summary>初回交付 (S4)</summary>
    FirstHandOver,

    /// <summary>4情報の変更による失効後の再発行 (S18)</summary>
    RevokedByAttributeChange,

    /// <summary>交付時に希望しなかった (S19)</summary>
    NotWantedAtHandOver,

    /// <summary>交付時は15歳未満 (S20)</summary>
    UnderFifteenAtHandOver,

    /// <summary>交付時は1種類のみ (S21)</summary>
    OneKindAtHandOver,

    /// <summary>更新 (national-2026)</summary>
    Renewal,

    /// <summary>カードの有効期間満了による再交付 (docs/decisions/0010-second-card.md)</summary>
    EarlierCardExpired,
}

/// <summary>The fee went back because the application was abandoned.</summary>
[StoredName("fee-refunded.v1", "手数料の還付")]
public sealed record FeeRefunded(CommandId Application, int Yen) : ResidentEvent;

/// <summary>Everything that will be signed is settled. The signature is not made yet.</summary>
[StoredName("certificate-ordered.v1", "電子証明書の発行指図")]
public sealed record CertificateOrdered(CommandId Application, CardSerial Card, CertificateOrder Order) : ResidentEvent;

/// <summary>The authority signed. The certificate exists, but is not known to be on the card yet.</summary>
/// <param name="Certificate">DER. A signature certificate contains the four attributes.</param>
/// <param name="Sha256">SHA-256 of the DER, lower-case hexadecimal; it stays when the DER is masked.</param>
[StoredName("certificate-issued.v1", "電子証明書の発行")]
public sealed record CertificateIssued(SerialNumber Serial, CertificateKind Kind, Octets Certificate, string Sha256) : ResidentEvent;

/// <summary>What was ordered did not pass the check of its profile: no certificate left the authority, and people have to look why.</summary>
/// <param name="Findings">Codes of the departures from the profile; never empty, no personal data.</param>
[StoredName("certificate-refused.v1", "発行の事故")]
public sealed record CertificateRefused(SerialNumber Serial, CertificateKind Kind, IReadOnlyList<string> Findings) : ResidentEvent;

/// <summary>The certificate was written to the card, read back the same, and activated.</summary>
[StoredName("certificate-confirmed.v1", "カードへの書込みの確認")]
public sealed record CertificateConfirmed(SerialNumber Serial, CertificateKind Kind, CardSerial Card) : ResidentEvent;

/// <summary>The application was given up; what had been issued under it is revoked.</summary>
[StoredName("application-abandoned.v1", "申請の取下げ")]
public sealed record ApplicationAbandoned(CommandId Application) : ResidentEvent;

/// <summary>An exception was proposed; nothing comes of it until a second officer confirms.</summary>
/// <param name="Proposal">The command that proposed; who did is in its provenance.</param>
/// <param name="What">The exception, with its reason as a code.</param>
[StoredName("proposal-made.v1", "例外の提案")]
public sealed record ProposalMade(CommandId Proposal, ProposedException What) : ResidentEvent;

/// <summary>A supervisor other than who proposed confirmed; what follows from it is recorded with it.</summary>
[StoredName("proposal-confirmed.v1", "例外の承認")]
public sealed record ProposalConfirmed(CommandId Proposal) : ResidentEvent;

/// <summary>The proposal was taken back, or turned down by a supervisor.</summary>
[StoredName("proposal-withdrawn.v1", "例外の提案の取下げ")]
public sealed record ProposalWithdrawn(CommandId Proposal) : ResidentEvent;

/// <summary>Nobody confirmed in time.</summary>
[StoredName("proposal-lapsed.v1", "例外の提案の失効")]
public sealed record ProposalLapsed(CommandId Proposal) : ResidentEvent;

/// <summary>Ended for good.</summary>
/// <param name="Identified">Who applied for it and how they were identified, where somebody did.</param>
[StoredName("certificate-revoked.v1", "失効")]
public sealed record CertificateRevoked(
    SerialNumber Serial, CertificateKind Kind, RevocationCause Cause, IdentityCheck? Identified = null) : ResidentEvent;

/// <summary>Put on hold for one cause.</summary>
[StoredName("certificate-suspended.v1", "一時停止")]
public sealed record CertificateSuspended(SerialNumber Serial, CertificateKind Kind, HoldCause Cause) : ResidentEvent;

/// <summary>One cause of a hold is lifted; with the last one the certificate is what it was before.</summary>
/// <param name="Identified">Who came for it and how they were identified; none in records made before it was kept.</param>
[StoredName("certificate-released.v1", "一時停止の解除")]
public sealed record CertificateReleased(
    SerialNumber Serial, CertificateKind Kind, HoldCause Cause, IdentityCheck? Identified = null) : ResidentEvent;

/// <summary>A PIN reset was approved; the card is written next.</summary>
[StoredName("pin-reset-approved.v1", "暗証番号再設定の受理")]
public sealed record PinResetApproved(CommandId Reset, CardSerial Card, IReadOnlyList<PinKind> Pins, IdentityCheck Identified) : ResidentEvent;

/// <summary>The card took the new PINs (S27). The PINs themselves are nowhere.</summary>
[StoredName("pin-reset.v1", "暗証番号の再設定")]
public sealed record PinReset(CommandId Reset, CardSerial Card, IReadOnlyList<PinKind> Pins) : ResidentEvent;

/// <summary>An appointed agent asked to do something for the holder, who will be asked by post (S22).</summary>
/// <param name="Case">The command that opened it.</param>
/// <param name="Errand">What the agent is to do.</param>
/// <param name="DueOn">Last day on which the reply is taken and the errand done, inclusive; settled here and not again.</param>
/// <param name="AgentsDocument">How the agent was identified. Who it was is written in the reply only.</param>
/// <param name="Images">Both sides of it (S26).</param>
[StoredName("agent-case-opened.v1", "代理人手続きの受付")]
public sealed record AgentCaseOpened(
    CommandId Case, AgentErrand Errand, DateOnly DueOn, IdentityDocument AgentsDocument, DocumentImages? Images = null) : ResidentEvent;

/// <summary>The inquiry letter went by post to the address registered at that time.</summary>
[StoredName("inquiry-letter-sent.v1", "照会書兼回答書の発送")]
public sealed record InquiryLetterSent(CommandId Case) : ResidentEvent;

/// <summary>The holder's signed consent came, sealed.</summary>
/// <param name="AgentsDocument">How the agent was identified on this second visit.</param>
/// <param name="Images">Both sides of it (S26).</param>
[StoredName("sealed-reply-accepted.v1", "回答書の受領")]
public sealed record SealedReplyAccepted(CommandId Case, IdentityDocument AgentsDocument, DocumentImages? Images = null) : ResidentEvent;

/// <summary>The case serves for nothing any more.</summary>
[StoredName("agent-case-ended.v1", "代理人手続きの終了")]
public sealed record AgentCaseEnded(CommandId Case, AgentCaseEnd Why) : ResidentEvent;

/// <summary>代理人手続きの終了の理由</summary>
public enum AgentCaseEnd
{
    /// <summary>手続き済: the errand was accepted; a case serves once.</summary>
    UsedUp,

    /// <summary>取下げ</summary>
    Withdrawn,

    /// <summary>回答期限の経過</summary>
    Expired,

    /// <summary>住所の変更: the letter may be read where the holder no longer lives.</summary>
    AddressChanged,

    /// <summary>住民票の消除</summary>
    HolderRemoved,
}

/// <summary>A certificate on a Juki card, issued before this system, became known (S2).</summary>
/// <param name="IssuedOn">The day of issue, JST.</param>
/// <param name="LastDay">Last day of validity, inclusive, JST, leaving later changes aside.</param>
[StoredName("legacy-certificate-recorded.v1", "住基カードの電子証明書の記録")]
public sealed record LegacyCertificateRecorded(SerialNumber Serial, DateOnly IssuedOn, DateOnly LastDay) : ResidentEvent;

/// <summary>A certificate on a Juki card ended for good.</summary>
/// <param name="OccurredOn">The day of the change that ended it; we may have learnt it later.</param>
[StoredName("legacy-certificate-revoked.v1", "住基カードの電子証明書の失効")]
public sealed record LegacyCertificateRevoked(SerialNumber Serial, RevocationCause Cause, DateOnly OccurredOn) : ResidentEvent;
