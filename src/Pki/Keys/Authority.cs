using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Domain;

namespace Jpki.Pki.Keys;

/// <summary>認証局の一世代: one key generation of one of the two authorities. Generations share the name and differ in the key.</summary>
public sealed class Authority
{
    internal Authority(CertificateKind kind, ReadOnlySpan<byte> certificate, ISigningKey key)
    {
        Kind = kind;
        Certificate = Octets.From(certificate);
        Key = key;
        KeyId = Convert.ToHexStringLower(KeyIdentifier(key.PublicKey.Span));
        using var parsed = X509CertificateLoader.LoadCertificate(certificate);
        NotBefore = new DateTimeOffset(parsed.NotBefore.ToUniversalTime());
        NotAfter = new DateTimeOffset(parsed.NotAfter.ToUniversalTime());
    }

    public CertificateKind Kind { get; }

    /// <summary>Subject key identifier (RFC 5280 4.2.1.2, method 1), 40 lower-case hexadecimal digits.</summary>
    public string KeyId { get; }

    /// <summary>The self-signed certificate, DER.</summary>
    public Octets Certificate { get; }

    public ISigningKey Key { get; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset NotBefore { get; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset NotAfter { get; }

    /// <summary>SHA-1 of the key's bits. An identifier, not a defence: RFC 5280 names SHA-1 here and clients compute it.</summary>
    internal static byte[] KeyIdentifier(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        var info = new AsnReader(subjectPublicKeyInfo.ToArray(), AsnEncodingRules.DER).ReadSequence();
        info.ReadSequence();
#pragma warning disable CA5350 // See above: nothing rests on it.
        return SHA1.HashData(info.ReadBitString(out _));
#pragma warning restore CA5350
    }
}

/// <summary>認証局: both authorities with all their generations. Owns the keys.</summary>
public sealed class Authorities : IDisposable
{
    private readonly Dictionary<string, Authority> byKeyId;
    private readonly Dictionary<CertificateKind, Authority> current;

    /// <param name="generations">Oldest first; at least one of each kind.</param>
    /// <exception cref="ArgumentException">A kind has no generation, or two share a key.</exception>
    public Authorities(IReadOnlyList<Authority> generations)
    {
        if (Enum.GetValues<CertificateKind>().Except(generations.Select(each => each.Kind)).Any())
            throw new ArgumentException("Each kind of certificate needs an authority.", nameof(generations));
        All = generations;
        byKeyId = generations.ToDictionary(each => each.KeyId, StringComparer.Ordinal);
        current = generations.GroupBy(each => each.Kind).ToDictionary(each => each.Key, each => each.Last());
    }

    /// <summary>Oldest first. Lists and OCSP answers for a certificate are signed by the generation that issued it.</summary>
    public IReadOnlyList<Authority> All { get; }

    /// <summary>The generation that signs new orders.</summary>
    public Authority For(CertificateKind kind) => current[kind];

    /// <summary>The generation an order or a certificate names; none when there is no such key here.</summary>
    /// <param name="keyId">40 lower-case hexadecimal digits.</param>
    public Authority? ByKeyId(string keyId) => byKeyId.GetValueOrDefault(keyId);

    public void Dispose()
    {
        foreach (var authority in All)
            authority.Key.Dispose();
    }
}
