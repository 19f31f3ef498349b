using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;

namespace Jpki.Grains;

/// <summary>台帳: where a resident's events live. The silo supplies it.</summary>
public interface IResidentLedger
{
    Task<ResidentHistory> LoadAsync(ResidentId resident);

    Task<IReadOnlyList<Recorded>> ReadAsync(ResidentId resident);

    /// <summary>Appends durably, all or nothing.</summary>
    /// <param name="kept">What is kept beside the events, as they change it.</param>
    /// <exception cref="Exception">Any exception means that the outcome is unknown.</exception>
    Task<Appending> AppendAsync(
        ResidentId resident, long expectedVersion, IReadOnlyList<ResidentEvent> events, Provenance provenance, KeptRows kept);
}

/// <summary>What became of an append.</summary>
public abstract record Appending
{
    private Appending()
    {
    }

    /// <summary>Durable.</summary>
    public sealed record Recorded(IReadOnlyList<Domain.Recorded> Events) : Appending;

    /// <summary>Another writer was first; nothing was appended, and the state is out of date.</summary>
    public sealed record Overtaken : Appending;

    /// <summary>The ledger has too much to do; nothing was appended, and the state is good.</summary>
    public sealed record Busy : Appending;
}

/// <summary>監査証明: whether what is recorded gets its proof in good time. The silo supplies it.</summary>
public interface IProofs
{
    /// <summary>False while events have been without their leaf for too long: nothing new is taken then, rather than taken unproven.</summary>
    bool AreKept { get; }
}

/// <summary>未了の事務: what is open, as the nightly jobs ask for it. The silo supplies it.</summary>
public interface IOpenWork
{
    /// <summary>Residents with something that was due before a day.</summary>
    Task<IReadOnlyList<OpenWork>> OverdueAsync(MunicipalityCode municipality, DateOnly day);

    /// <summary>Residents of whom a certificate may end within these days, both inclusive; others may be among them.</summary>
    Task<IReadOnlyList<OpenWork>> EndingAsync(MunicipalityCode municipality, DateOnly from, DateOnly until);

    /// <summary>The last day whose nightly jobs were done; none before the first.</summary>
    Task<DateOnly?> LastNightAsync(MunicipalityCode municipality);

    /// <summary>Records that the jobs of a day are done.</summary>
    Task CompleteNightAsync(MunicipalityCode municipality, DateOnly day);
}

/// <summary>有効期間満了のお知らせ: where the list for the post is put. The silo supplies it.</summary>
public interface IRenewalNotices
{
    /// <summary>Writes the list of a day, whole or not at all; a list that is there already stays as it is.</summary>
    /// <returns>Its name.</returns>
    Task<string> WriteAsync(MunicipalityCode municipality, DateOnly day, IReadOnlyList<DueNotice> notices);
}

/// <param name="LastDay">Last day of validity, inclusive.</param>
public sealed record DueNotice(ResidentId Resident, CertificateKind Kind, DateOnly LastDay);

/// <summary>発行局: the two authorities as the grain needs them. The silo supplies it.</summary>
public interface IIssuance
{
    /// <summary>Checks the proof of possession and adds what a pure decision can't make; or says why not.</summary>
    Prepared Prepare(RequestCertificate request, Resident.Registered resident, Circumstances circumstances);

    /// <summary>
    /// Signs an order. The octets may differ each time (an ECDSA key in a token), so what is recorded first is the certificate; the findings are
    /// the same each time.
    /// </summary>
    SignResult Sign(CertificateOrder order);
}

/// <summary>What the authority made of an order.</summary>
public abstract record SignResult
{
    private SignResult()
    {
    }

    /// <param name="Certificate">DER, checked against its profile.</param>
    public sealed record Certified(Octets Certificate) : SignResult;

    /// <summary>発行の事故: it did not pass its check, and nothing left the authority.</summary>
    /// <param name="Findings">Codes of the departures from the profile; never empty, no personal data.</param>
    public sealed record Refused(IReadOnlyList<string> Findings) : SignResult;

    /// <summary>The key does not answer now; the next message tries again.</summary>
    public sealed record Unavailable : SignResult
    {
        public static readonly Unavailable Instance = new();
    }
}

/// <summary>証拠画像の保管: whether images named in a command are stored. The silo supplies it.</summary>
public interface IEvidenceRoom
{
    /// <summary>True when the municipality holds all of them, as they are described.</summary>
    Task<bool> HoldsAsync(MunicipalityCode municipality, IReadOnlyCollection<Evidence> evidence);

    /// <summary>Given before anything is decided: what is recorded must be there to be looked at.</summary>
    static Refusal NotStored { get; } = new(
        "EvidenceNotStored",
        "S26",
        RefusalNature.Conflict,
        "本人確認書類の画像が保管されていません。画像を登録してからもう一度送ってください。",
        "An image named in the command is not stored. Store the images first, and send it again.");
}

/// <summary>A command ready to be decided, or the refusal.</summary>
public abstract record Prepared
{
    private Prepared()
    {
    }

    public sealed record Ready(ResidentCommand Command) : Prepared;

    public sealed record Refused(Refusal Refusal) : Prepared;
}

/// <summary>市区町村の設定: which municipalities this system serves. The silo supplies it.</summary>
public interface IMunicipalities
{
    /// <summary>The municipality; null when it is not served here.</summary>
    Municipality? Find(MunicipalityCode code);

    /// <summary>Every municipality served here.</summary>
    IReadOnlyCollection<Municipality> All { get; }
}

/// <summary>
/// 業務時計: the clock by which decisions are dated. Apart from the process's own <see cref="TimeProvider"/>, so that a played day moves the
/// dates of decisions and not the timers of the machinery.
/// </summary>
public interface ICivilClock
{
    DateTimeOffset Now { get; }
}
