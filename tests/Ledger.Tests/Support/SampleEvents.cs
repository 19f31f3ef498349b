using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Ledger.Tests.Support;

/// <summary>
/// One event of each kind about fixed people, in an order a stream could have. The samples checked in are written from these; a changed
/// value here is a changed sample there.
/// </summary>
internal static class SampleEvents
{
    public const string Name = "山田　花子";
    public const string Address = "東京都昭島市田中町一丁目１７番１号";

    private static readonly FourAttributes Hanako = new(Name, Address, new(1985, 2, 28), Sex.Female);
    private static readonly FourAttributes Married = Hanako with { Name = "髙橋　花子" };
    private static readonly CardSerial Card = CardSerial.Parse("123456789012345");
    private static readonly CommandId Application = CommandId.Parse("0b5f4b7e-6f0c-4f0e-9d5c-2c1f7d1a0001");
    private static readonly CommandId Reset = CommandId.Parse("0b5f4b7e-6f0c-4f0e-9d5c-2c1f7d1a0002");
    private static readonly CommandId Proposal = CommandId.Parse("0b5f4b7e-6f0c-4f0e-9d5c-2c1f7d1a0003");
    private static readonly SerialNumber Serial = SerialNumber.Parse("0102030405060708");
    private static readonly CommandId AgentCase = CommandId.Parse("0b5f4b7e-6f0c-4f0e-9d5c-2c1f7d1a0003");
    private static readonly IdentityCheck Identified = new(IdentityDocument.MyNumberCard);

    private static readonly CertificateOrder Order = new(
        Serial,
        CertificateKind.Signature,
        Octets.From([0x30, 0x03, 0x02, 0x01, 0x2a]),
        "20260401093000123132070001",
        "Tokyo-to",
        "Akishima-shi",
        MunicipalityCode.Parse("13207"),
        new(2026, 4, 1, 9, 30, 0, TimeSpan.FromHours(9)),
        new(2031, 2, 28, 23, 59, 59, TimeSpan.FromHours(9)),
        "6d7f01aa",
        new(Married.Name, "10000", Married.Address, "00000000000000000", Married.BirthDate, Married.Sex));

    private static readonly DocumentImages Images = new(new(SampleHash, "image/jpeg", 301_002), new(SampleHash, "application/pdf", 98_765));

    private const string SampleHash = "0d4a1185dbb5ad6c2ea98bfd8a8b1b0a4b3bd2cd0a7f0d0f2a2c4d7b8bd1f6a1";

    public static IReadOnlyList<ResidentEvent> All { get; } =
    [
        new ResidentRegistered(Hanako, new(2016, 1, 4)),
        new FourAttributesChanged(Married, [AttributeKind.Name], new(2020, 6, 1)),
        new CardHandedOver(Card, new(2031, 2, 28), [CertificateKind.Signature], TooYoungForSignature: false),
        new EarlierAttributesLearnt(Hanako with { Name = "鈴木　花子" }, new(2018, 3, 1)),
        new FourAttributesCorrected(Married, [AttributeKind.Name], new(2020, 6, 2)),
        new WardStatusChanged(WardChange.Started, new(2026, 5, 20)),
        new WardSignatureAllowed(),
        new CardEnded(Card, CardEndCause.Lost),
        new DepartureAnnounced(new(2026, 7, 1)),
        new ResidentRemoved(RemovalCause.MovedOverseas, new(2026, 7, 1), ContinuedUse: true),
        new ResidentReturned(Married, new(2027, 4, 1)),
        new RemovalCorrected(),
        new CardFaceUpdated(Card),
        new CertificatesApplied(
            Application, Card, [new(CertificateKind.Signature, new(2031, 2, 28), ApplicationReason.Issue)], Identified),
        new FeeCharged(Application, 200, "akishima-2018", [CertificateKind.Signature]),
        new FeeWaived(Application, [new(CertificateKind.Signature, WaiverReason.NotWantedAtHandOver)]),
        new CertificateOrdered(Application, Card, Order),
        new CertificateIssued(Serial, CertificateKind.Signature, Octets.From([0x30, 0x03, 0x02, 0x01, 0x2b]), SampleHash),
        new CertificateRefused(Serial, CertificateKind.Signature, ["subject-common-name", "validity"]),
        new CertificateConfirmed(Serial, CertificateKind.Signature, Card),
        new CertificateSuspended(Serial, CertificateKind.Signature, HoldCause.LossReported),
        new CertificateReleased(Serial, CertificateKind.Signature, HoldCause.LossReported),
        new CertificateRevoked(Serial, CertificateKind.Signature, RevocationCause.AttributesChanged),
        new ProposalMade(Proposal, new ProposedException.ReceptionHours(new(2026, 4, 4), HoursReason.ExtraCounter)),
        new ProposalConfirmed(Proposal),
        new ProposalWithdrawn(Proposal),
        new ProposalLapsed(Proposal),
        new ApplicationAbandoned(Application),
        new FeeRefunded(Application, 200),
        new PinResetApproved(Reset, Card, [PinKind.Signature, PinKind.BasicRegister], Identified),
        new PinReset(Reset, Card, [PinKind.Signature, PinKind.BasicRegister]),
        new AgentCaseOpened(AgentCase, new AgentErrand.Issue([CertificateKind.Signature]), new(2026, 5, 1), IdentityDocument.Passport, Images),
        new InquiryLetterSent(AgentCase),
        new SealedReplyAccepted(AgentCase, IdentityDocument.DrivingLicence, Images),
        new AgentCaseEnded(AgentCase, AgentCaseEnd.UsedUp),

        new LegacyCertificateRecorded(Serial, new(2015, 12, 22), new(2018, 12, 21)),
        new LegacyCertificateRevoked(Serial, RevocationCause.AttributesChanged, new(2017, 4, 30)),
    ];

    public static ResidentEvent Registration => All[0];

    public static ResidentEvent NameChange => All[1];

    /// <summary>A stream up to a certificate on the card.</summary>
    public static ResidentEvent[] UntilConfirmed =>
    [
        Registration, Of<CardHandedOver>(), Of<CertificatesApplied>(), Of<CertificateOrdered>(), Of<CertificateIssued>(), Of<CertificateConfirmed>(),
    ];

    public static ResidentEvent Of<T>()
        where T : ResidentEvent => All.First(each => each is T);
}
