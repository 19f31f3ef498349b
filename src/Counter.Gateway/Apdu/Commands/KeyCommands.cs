using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Jpki.Counter.Gateway.Apdu.Commands;

/// <summary>COMPUTE DIGITAL SIGNATURE over a DigestInfo with the selected key, its PIN verified.</summary>
/// <param name="DigestInfo">1–245 bytes (RFC 8017 §9.2: 256 less 11 of padding); the card does not parse it.</param>
/// <param name="Pending">True: the key not yet activated (simulated personalisation; issuer right).</param>
public sealed record ComputeSignature(ReadOnlyMemory<byte> DigestInfo, bool Pending) : IReadCommand
{
    public CommandApdu ToApdu() =>
        new(0x80, 0x2A, Pending ? (byte)0x80 : (byte)0x00, 0x80, DigestInfo, CommandApdu.LongestAnswer);
}

/// <summary>GENERATE ASYMMETRIC KEY PAIR, RSA-2048, into the pending slot (simulated personalisation; issuer right).</summary>
/// <param name="KeyReference">Which key.</param>
public sealed record GenerateKeyPair(byte KeyReference) : ICardCommand<RSAParameters>
{
    private static readonly byte[] Rsa2048 = [0xAC, 0x03, 0x80, 0x01, 0x07];
    private static readonly Asn1Tag PublicKeyTag = new(TagClass.Application, 0x49, isConstructed: true);
    private static readonly Asn1Tag ModulusTag = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag ExponentTag = new(TagClass.ContextSpecific, 2);

    // A card searches for primes as long as it takes; half a minute is not unheard of.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public CommandApdu ToApdu() => new(0x00, 0x47, 0x00, KeyReference, Rsa2048) { Deadline = Patience };

    /// <summary>Reads the public key template 7F49 {81 modulus, 82 exponent} (ISO 7816-8).</summary>
    public CardResult<RSAParameters> Interpret(ResponseApdu response)
    {
        if (!response.Status.IsSuccess)
            return new CardFailure.Refused(response.Status);
        try
        {
            var template = new AsnReader(response.Data, AsnEncodingRules.BER).ReadSequence(PublicKeyTag);
            return new RSAParameters
            {
                Modulus = template.ReadOctetString(ModulusTag),
                Exponent = template.ReadOctetString(ExponentTag),
            };
        }
        catch (AsnContentException)
        {
            return new CardFailure.UnreadableContent();
        }
    }
}
