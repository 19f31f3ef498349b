using System.Collections.Immutable;
using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents;

/// <summary>住民: the state a resident's events add up to. A closed set; nothing outside this folder makes one.</summary>
public abstract partial record Resident
{
    private Resident()
    {
    }

    /// <summary>No event yet.</summary>
    public sealed record Unknown : Resident
    {
        public static readonly Unknown Instance = new();
    }

    /// <summary>Known from the registry.</summary>
    /// <param name="Attributes">The four attributes as we know them now.</param>
    /// <param name="Card">The card, or none.</param>
    /// <param name="Certificates">All ever ordered, oldest first.</param>
    /// <param name="Application">The application under way, or none.</param>
    /// <param name="PinReset">The PIN reset under way, or none.</param>
    public sealed record Registered(
        FourAttributes Attributes,
        Card Card,
        ImmutableList<Certificate> Certificates,
        Application Application,
        PinResetState PinReset) : Resident
    {
        /// <summary>What waits for a second officer, and what two have agreed on.</summary>
        public Supervision Supervision { get; init; } = Supervision.None;

        /// <summary>The agent case under way, or none.</summary>
        public AgentCase AgentCase { get; init; } = AgentCase.None.Instance;

        /// <summary>Whether the resident is in the registry.</summary>
        public Residence Residence { get; init; } = Residence.Here.Instance;

        /// <summary>Which attributes were so since when.</summary>
        public AttributeTimeline Timeline { get; init; } = AttributeTimeline.Empty;

        /// <summary>Whether the resident is an adult ward.</summary>
        public Ward Ward { get; init; } = Ward.None.Instance;

        /// <summary>Cards that ended, oldest first; none of them is ever handed over again.</summary>
        public ImmutableList<CardSerial> EndedCards { get; init; } = [];

        /// <summary>What is known of certificates on Juki cards.</summary>
        public LegacyCertificates Legacy { get; init; } = LegacyCertificates.None;

        /// <summary>The newest certificate of a kind that the resident ever had on the card; none when all stopped on the way there.</summary>
        public Certificate? LastHeld(CertificateKind kind) => Certificates.LastOrDefault(each => each.Kind == kind && each.IsOnCard);

        /// <summary>The certificate of a kind that the card carries and that is neither revoked nor past its end.</summary>
        public Certificate? Current(CertificateKind kind, DateTimeOffset at) =>
            Certificates.LastOrDefault(each => each.Kind == kind && each.IsOnCard && each.IsAlive(at));

        /// <summary>発行の事故: what was refused under the application under way and has no newer order in its place.</summary>
        public IEnumerable<Certificate> RefusedNow => Application is Application.Open open
            ? Certificates.Where(each => each.Standing is Standing.Refused refused && refused.Application == open.Id
                && Certificates.FindLast(other => other.Kind == each.Kind) == each)
            : [];

        /// <summary>The certificate with this serial number, or none.</summary>
        public Certificate? WithSerial(SerialNumber serial) => Certificates.FirstOrDefault(each => each.Serial == serial);
    }
}

/// <summary>個人番号カード, as handed over.</summary>
public abstract record Card
{
    private Card()
    {
    }

    public sealed record None : Card
    {
        public static readonly None Instance = new();
    }

    /// <param name="ExpiresOn">Last day, inclusive.</param>
    /// <param name="FaceIsCurrent">Whether the face data on the card is as in the registry (S25).</param>
    /// <param name="OptedOut">Kinds not wanted at hand-over.</param>
    /// <param name="TooYoungForSignature">Under fifteen at hand-over.</param>
    public sealed record InHand(
        CardSerial Serial, DateOnly ExpiresOn, bool FaceIsCurrent, IReadOnlyList<CertificateKind> OptedOut, bool TooYoungForSignature) : Card
    {
        /// <summary>Kinds that were to be loaded as the card was handed over, in the order they are applied for.</summary>
        public IReadOnlyList<CertificateKind> Loaded => LoadedWith(OptedOut, TooYoungForSignature);
    }

    /// <summary>廃止されたカード</summary>
    /// <param name="Was">What it was while the resident held it.</param>
    public sealed record Ended(InHand Was, CardEndCause Cause) : Card;

    /// <summary>搭載される種類: both kinds but those opted out of (S3, S5), and no signature certificate for who is too young (S24).</summary>
    public static IReadOnlyList<CertificateKind> LoadedWith(IReadOnlyList<CertificateKind> optedOut, bool tooYoungForSignature) =>
    [
        .. Enum.GetValues<CertificateKind>()
            .Where(kind => !optedOut.Contains(kind) && !(tooYoungForSignature && kind == CertificateKind.Signature)),
    ];
}

/// <summary>電子証明書, as the resident's stream knows it. Whether it has expired depends on the instant asked for and is no event.</summary>
/// <param name="NotAfter">Last instant of validity, inclusive.</param>
/// <param name="Card">The card it was ordered for.</param>
public sealed record Certificate(SerialNumber Serial, CertificateKind Kind, DateTimeOffset NotAfter, CardSerial Card, Standing Standing)
{
    public bool IsRevoked => Standing is Standing.Revoked;

    public bool IsActive => Standing is Standing.Active;

    /// <summary>Ordered or issued, but not known to be on the card.</summary>
    public bool IsUnconfirmed => !PendingKey.IsEmpty;

    /// <summary>The key that was ordered for, while the certificate is not known to be on the card; empty afterwards.</summary>
    public Octets PendingKey => Standing switch
    {
        Standing.Ordered ordered => ordered.Order.SubjectPublicKeyInfo,
        Standing.Issued issued => issued.PublicKey,
        Standing.OnHold { Found: Standing.Issued issued } => issued.PublicKey,
        Standing.OnHold { Found: Standing.Ordered ordered } => ordered.Order.SubjectPublicKeyInfo,
        _ => default,
    };

    /// <summary>Neither revoked nor past its end at the instant, and not refused, for then there is no certificate at all.</summary>
    public bool IsAlive(DateTimeOffset at) => Standing is not (Standing.Revoked or Standing.Refused) && at <= NotAfter;

    /// <summary>Written to the card and confirmed, whatever became of it.</summary>
    public bool IsOnCard => Standing is Standing.Active or Standing.OnHold { Found: Standing.Active } or Standing.Revoked { WasOnCard: true };
}

/// <summary>電子証明書の状態</summary>
public abstract record Standing
{
    private Standing()
    {
    }

    /// <summary>発行指図済: to be signed.</summary>
    /// <param name="By">The command that ordered; what is signed for it is recorded under the same id.</param>
    public sealed record Ordered(CertificateOrder Order, CommandId By) : Standing;

    /// <summary>発行済・書込み未確認: to be written.</summary>
    /// <param name="Sha256">Of the DER, lower-case hexadecimal: what must be read back from the card.</param>
    /// <param name="PublicKey">SubjectPublicKeyInfo that the card's pending key must still have.</param>
    public sealed record Issued(string Sha256, Octets PublicKey) : Standing;

    /// <summary>発行の事故: what would have been signed did not pass its check, so there is no certificate; another order takes its place.</summary>
    /// <param name="Application">The application it was ordered under.</param>
    /// <param name="Findings">Codes of the departures from the profile; never empty.</param>
    public sealed record Refused(CommandId Application, IReadOnlyList<string> Findings, DateTimeOffset At) : Standing;

    /// <summary>有効</summary>
    public sealed record Active : Standing;

    /// <summary>一時停止中</summary>
    /// <param name="Found">What it was when the first hold came; a release restores exactly that.</param>
    /// <param name="Causes">The causes still standing; never empty.</param>
    /// <param name="Since">When the first hold came.</param>
    public sealed record OnHold(Standing Found, ImmutableList<HoldCause> Causes, DateTimeOffset Since) : Standing;

    /// <summary>失効</summary>
    public sealed record Revoked(RevocationCause Cause, DateTimeOffset At, bool WasOnCard) : Standing;
}

/// <summary>申請</summary>
public abstract record Application
{
    private Application()
    {
    }

    public sealed record None : Application
    {
        public static readonly None Instance = new();
    }

    /// <summary>処理中: accepted, not all its certificates are confirmed on the card.</summary>
    /// <param name="Remaining">Kinds still to be confirmed, with their last days; never empty.</param>
    /// <param name="FeeYen">Yen charged; 0 when waived.</param>
    /// <param name="ChargedFor">The kinds the fee was charged for; empty when waived.</param>
    public sealed record Open(
        CommandId Id,
        CardSerial Card,
        ImmutableList<AppliedCertificate> Remaining,
        int FeeYen,
        IReadOnlyList<CertificateKind> ChargedFor) : Application
    {
        /// <summary>申請日, JST.</summary>
        public DateOnly AppliedOn { get; init; }

        /// <summary>Yen to give back when it is abandoned now: the fee, until one of the kinds it was charged for is on the card.</summary>
        public int RefundYen => ChargedFor.All(kind => Remaining.Exists(each => each.Kind == kind)) ? FeeYen : 0;
    }
}

/// <summary>暗証番号の再設定</summary>
public abstract record PinResetState
{
    private PinResetState()
    {
    }

    public sealed record None : PinResetState
    {
        public static readonly None Instance = new();
    }

    /// <summary>受理済: approved, not yet known to be on the card.</summary>
    public sealed record Approved(CommandId Id, CardSerial Card, IReadOnlyList<PinKind> Pins) : PinResetState
    {
        /// <summary>受理日, JST.</summary>
        public DateOnly ApprovedOn { get; init; }
    }
}
