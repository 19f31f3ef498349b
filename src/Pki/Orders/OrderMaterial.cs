using System.Globalization;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;

namespace Jpki.Pki.Orders;

/// <summary>Fills a buffer with unpredictable octets.</summary>
public delegate void RandomFill(Span<byte> buffer);

/// <summary>発行指図の素材: the parts of an order that are drawn, not decided.</summary>
/// <param name="fill">For tests; the operating system's generator otherwise.</param>
public sealed class OrderMaterial(RandomFill? fill = null)
{
    private const int SerialOctets = 16;
    private const int SequenceLength = 5;
    private const int OpaqueLength = 14;

    // 32 characters, so that five bits of an octet choose one without bias; without I, O, 0 and 1, which clerks read to each other.
    private const string Alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private readonly RandomFill fill = fill ?? RandomNumberGenerator.Fill;

    /// <summary>
    /// 128 bits less sign and leading zeros: no two alike in any number of residents, none guessable, and more than the 64 unpredictable
    /// bits that keep a signature's content out of an attacker's hands (CA/Browser Forum BR 7.1).
    /// </summary>
    public SerialNumber NewSerial()
    {
        Span<byte> octets = stackalloc byte[SerialOctets];
        do
        {
            fill(octets);
            octets[0] &= 0x7F;
        }
        while (octets[0] == 0);
        return SerialNumber.FromOctets(octets);
    }

    /// <summary>
    /// Signature: application time YYYYMMDDhhmmss in JST, five characters, office code. User authentication: fourteen characters that
    /// tell nothing, office code.
    /// </summary>
    public string NewCommonName(CertificateKind kind, DateTimeOffset appliedAt, OfficeCode office) => kind switch
    {
        CertificateKind.Signature => appliedAt.ToOffset(Jst.Offset).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + Draw(SequenceLength) + office,
        CertificateKind.UserAuthentication => Draw(OpaqueLength) + office,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private string Draw(int length)
    {
        Span<byte> octets = stackalloc byte[length];
        fill(octets);
        Span<char> characters = stackalloc char[length];
        for (var i = 0; i < length; i++)
            characters[i] = Alphabet[octets[i] % Alphabet.Length];
        return new string(characters);
    }
}
