using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Domain;

namespace Jpki.Pki.Keys;

/// <summary>認証局の一世代: one key generation of one of the two authorities. Generations share the name and differ in the key.</summary>
public sealed class Authority
{
    private readonly ISigningKey? key;

    /// <param name="key">Null when the generation is retired and its key destroyed.</param>
    /// <param name="issuesFrom">Inclusive; when absent, from the certificate's first instant.</param>
    internal Authority(CertificateKind kind, ReadOnlySpan<byte> certificate, ISigningKey? key, DateTimeOffset? issuesFrom = null)
    {
        this.key = key;
        Kind = kind;
        Certificate = Octets.From(certificate);
        using var parsed = X509CertificateLoader.LoadCertificate(certificate);
        KeyId = Convert.ToHexStringLower(KeyIdentifier(parsed.PublicKey.ExportSubjectPublicKeyInfo()));
        NotBefore = new DateTimeOffset(parsed.NotBefore.ToUniversalTime());
        NotAfter = new DateTimeOffset(parsed.NotAfter.ToUniversalTime());
        IssuesFrom = issuesFrom ?? NotBefore;
    }

    public CertificateKind Kind { get; }

    /// <summary>Subject key identifier (RFC 5280 4.2.1.2, method 1), 40 lower-case hexadecimal digits.</summary>
    public string KeyId { get; }

    /// <summary>The self-signed certificate, DER.</summary>
    public Octets Certificate { get; }

    /// <summary>
    /// False for a retired generation: its key is destroyed, its certificate stays for whoever looks at old signatures. Nothing is published
    /// in its name any more, neither lists nor OCSP answers; all its certificates have expired.
    /// </summary>
    public bool CanSign => key is not null;

    /// <exception cref="InvalidOperationException">The generation is retired; see <see cref="CanSign"/>.</exception>
    public ISigningKey Key => key ?? throw new InvalidOperationException($"The key {KeyId} of the {Kind} authority is retired.");

    /// <summary>Inclusive.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>
    /// 発行開始: from when on this generation signs new orders, inclusive, until a later one begins. It may lie after <see cref="NotBefore"/>, so
    /// that every silo knows the key before the first certificate under it exists.
    /// </summary>
    public DateTimeOffset IssuesFrom { get; }

    /// <summary>SHA-1 of the key's bits. An identifier, not a defence: RFC 5280 names SHA-1 here and clients compute it.</summary>
    internal static byte[] KeyIdentifier(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        var info = new AsnReader(subjectPublicKeyInfo.ToArray(), AsnEncodingRules.DER).ReadSequence();
        info.ReadSequence();
#pragma warning disable CA5350 // See above: nothing rests on it.
        return SHA1.HashData(info.ReadBitString(out _));
#pragma warning restore CA5350
    }

    internal void DisposeKey() => key?.Dispose();
}
