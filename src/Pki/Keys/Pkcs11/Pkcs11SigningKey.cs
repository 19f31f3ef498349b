using System.Formats.Asn1;
using System.Security.Cryptography;
using Jpki.Domain;
using Net.Pkcs11Interop.Common;

namespace Jpki.Pki.Keys.Pkcs11;

/// <summary>A key that never leaves its token (PKCS#11 v2.40): RSA by CKM_RSA_PKCS, ECDSA by CKM_ECDSA.</summary>
/// <remarks>
/// RSA is deterministic. <b>ECDSA is not</b>: PKCS#11 v2.40 has no mechanism with the nonce of RFC 6979, so two signatures of one order differ.
/// That the order still comes to one certificate is the ledger's doing: octets leave only from the recorded event, and an order is
/// signed again only while no such event exists.
/// </remarks>
internal sealed class Pkcs11SigningKey : ISigningKey
{
    // DigestInfo of SHA-256 up to the digest (RFC 8017 9.2, note 1). Built here, because CKM_SHA256_RSA_PKCS would want the whole data.
    private static readonly byte[] Sha256Info =
        [0x30, 0x31, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20];

    private readonly SessionPool sessions;

    /// <param name="sessions">Taken over, and disposed with this.</param>
    /// <param name="publicKey">DER SubjectPublicKeyInfo.</param>
    public Pkcs11SigningKey(SessionPool sessions, KeyAlgorithm algorithm, ReadOnlySpan<byte> publicKey)
    {
        this.sessions = sessions;
        Algorithm = algorithm;
        PublicKey = Octets.From(publicKey);
    }

    public KeyAlgorithm Algorithm { get; }

    public Octets PublicKey { get; }

    /// <exception cref="KeyUnavailableException">The token does not sign, not even in a new session.</exception>
    public byte[] Sign(ReadOnlySpan<byte> data) =>
        SignDigest(Algorithm == KeyAlgorithm.Rsa2048Sha256 ? SHA256.HashData(data) : SHA384.HashData(data));

    /// <exception cref="ArgumentException">The digest is not one of this algorithm's.</exception>
    /// <exception cref="KeyUnavailableException">The token does not sign, not even in a new session.</exception>
    public byte[] SignDigest(ReadOnlySpan<byte> digest)
    {
        var length = Algorithm == KeyAlgorithm.Rsa2048Sha256 ? SHA256.HashSizeInBytes : SHA384.HashSizeInBytes;
        if (digest.Length != length)
            throw new ArgumentException($"A digest for {Algorithm} has {length} octets.", nameof(digest));

        if (Algorithm == KeyAlgorithm.Rsa2048Sha256)
        {
            byte[] info = [.. Sha256Info, .. digest];
            return sessions.Use((session, key) => session.Sign(CKM.CKM_RSA_PKCS, key, info));
        }

        var hash = digest.ToArray();
        return SignatureValue(sessions.Use((session, key) => session.Sign(CKM.CKM_ECDSA, key, hash)));
    }

    public void Dispose() => sessions.Dispose();

    /// <summary>r‖s, each half as long as the curve's order (PKCS#11 v2.40 mechanisms 2.3.1), as ECDSA-Sig-Value (RFC 3279 2.2.3).</summary>
    private static byte[] SignatureValue(byte[] halves)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteIntegerUnsigned(WithoutZeros(halves.AsSpan(0, halves.Length / 2)));
            writer.WriteIntegerUnsigned(WithoutZeros(halves.AsSpan(halves.Length / 2)));
        }

        return writer.Encode();
    }

    // AsnWriter refuses a number that begins with more zeros than DER allows.
    private static ReadOnlySpan<byte> WithoutZeros(ReadOnlySpan<byte> number)
    {
        var zeros = number.IndexOfAnyExcept((byte)0);
        return zeros < 0 ? [0] : number[zeros..];
    }
}
