using System.Formats.Asn1;
using System.Numerics;
using Jpki.Domain;

namespace Jpki.Pki.Requests;

/// <summary>カードの公開鍵: whether a SubjectPublicKeyInfo is a key we certify: RSA-2048 with exponent 65537 in DER (RFC 3279 2.3.1).</summary>
internal abstract record SubjectKey
{
    private const string RsaEncryption = "1.2.840.113549.1.1.1";
    private const int ModulusBits = 2048;
    private const int PublicExponent = 65537;

    /// <param name="Modulus">2048 bits.</param>
    public sealed record Fit(Octets SubjectPublicKeyInfo, BigInteger Modulus) : SubjectKey;

    public sealed record Unfit(RequestFault Fault) : SubjectKey;

    public static SubjectKey Parse(ReadOnlySpan<byte> subjectPublicKeyInfo)
    {
        try
        {
            return Read(subjectPublicKeyInfo.ToArray());
        }
        catch (AsnContentException)
        {
            return new Unfit(RequestFault.Malformed);
        }
    }

    private static SubjectKey Read(byte[] subjectPublicKeyInfo)
    {
        var file = new AsnReader(subjectPublicKeyInfo, AsnEncodingRules.DER);
        var outer = file.ReadSequence();
        file.ThrowIfNotEmpty();
        var algorithm = outer.ReadSequence();
        if (algorithm.ReadObjectIdentifier() != RsaEncryption)
            return new Unfit(RequestFault.KeyType);
        algorithm.ReadNull();
        algorithm.ThrowIfNotEmpty();
        var bits = outer.ReadBitString(out var unusedBits);
        outer.ThrowIfNotEmpty();
        if (unusedBits != 0)
            return new Unfit(RequestFault.Malformed);

        var key = new AsnReader(bits, AsnEncodingRules.DER);
        var numbers = key.ReadSequence();
        key.ThrowIfNotEmpty();
        var modulus = numbers.ReadInteger();
        var exponent = numbers.ReadInteger();
        numbers.ThrowIfNotEmpty();
        return modulus.Sign <= 0 || modulus.GetBitLength() != ModulusBits ? new Unfit(RequestFault.KeySize)
            : exponent != PublicExponent ? new Unfit(RequestFault.Exponent)
            : new Fit(Octets.From(subjectPublicKeyInfo), modulus);
    }
}
