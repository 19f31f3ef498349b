using Jpki.Domain.Identifiers;

namespace Jpki.Domain;

/// <summary>有効性: what a relying party is told of an issued certificate (RFC 6960 2.2). Expiry is no status: it stands in the certificate.</summary>
public abstract record RevocationStatus
{
    private RevocationStatus()
    {
    }

    /// <summary>Neither revoked nor on hold.</summary>
    public sealed record Good : RevocationStatus
    {
        public static readonly Good Instance = new();
    }

    /// <summary>一時停止中: revoked with reason certificateHold until every cause is lifted.</summary>
    /// <param name="At">When the hold began; a further cause, or the lifting of one of several, leaves it.</param>
    public sealed record OnHold(DateTimeOffset At) : RevocationStatus;

    /// <summary>失効: ended for good.</summary>
    /// <param name="Reason">Never <see cref="RevocationReason.CertificateHold"/> or <see cref="RevocationReason.RemoveFromCrl"/>.</param>
    public sealed record Revoked(RevocationReason Reason, DateTimeOffset At) : RevocationStatus;
}

/// <summary>発行済み電子証明書: one certificate as the register of issued certificates knows it. No personal data.</summary>
/// <param name="AuthorityKeyId">The generation of the authority that signed: its key identifier, 40 lower-case hexadecimal digits.</param>
/// <param name="Municipality">Chooses the revocation list.</param>
/// <param name="NotAfter">Last instant of validity, inclusive.</param>
public sealed record RegisteredCertificate(
    SerialNumber Serial,
    CertificateKind Kind,
    string AuthorityKeyId,
    MunicipalityCode Municipality,
    DateTimeOffset NotAfter,
    RevocationStatus Status);

/// <summary>失効リストの範囲: one revocation list belongs to one key of an authority and one municipality.</summary>
/// <param name="AuthorityKeyId">40 lower-case hexadecimal digits.</param>
public sealed record RevocationListScope(string AuthorityKeyId, MunicipalityCode Municipality);

/// <summary>失効リストの一行: an entry of a revocation list (RFC 5280 5.1.2.6). A million of them pass through a list: a value, no object.</summary>
/// <param name="Serial">Serial number, big-endian octets.</param>
/// <param name="Reason"><see cref="RevocationReason.RemoveFromCrl"/> in delta lists only.</param>
/// <param name="At">When it was revoked or put on hold; of a release, when it was released.</param>
public readonly record struct RevocationEntry(Octets Serial, RevocationReason Reason, DateTimeOffset At);
