using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Jpki.Counter.Gateway.Cards;

/// <summary>What a terminal shows the card about itself (端末証明書; simulated, 153 bytes of our own layout).</summary>
/// <remarks>
/// Public key (65) ‖ id (16, ASCII, space padded) ‖ last day (8, YYYYMMDD) ‖ the authority's ECDSA signature r‖s over those 89 bytes
/// (64).
/// </remarks>
/// <param name="PublicKey">P-256 point, uncompressed, 65 bytes.</param>
/// <param name="TerminalId">1–16 printable ASCII characters.</param>
/// <param name="ValidUntil">Last day in JST, inclusive.</param>
/// <param name="Signature">64 bytes.</param>
public sealed record TerminalCertificate(byte[] PublicKey, string TerminalId, DateOnly ValidUntil, byte[] Signature)
{
    internal const int SignedLength = PointLength + IdLength + DayLength;
    private const int PointLength = 65;
    private const int IdLength = 16;
    private const int DayLength = 8;
    private const int SignatureLength = 64;
    private const string DayFormat = "yyyyMMdd";

    /// <summary>The id as the card signs it off: 16 bytes, space padded.</summary>
    public byte[] PaddedId => Pad(TerminalId);

    public byte[] Encode() => [.. SignedPart(PublicKey, TerminalId, ValidUntil), .. Signature];

    /// <summary>Whether the terminal authority with this key signed it. Says nothing of the day.</summary>
    public bool IsSignedBy(ECDsa authority) =>
        authority.VerifyData(SignedPart(PublicKey, TerminalId, ValidUntil), Signature, HashAlgorithmName.SHA256);

    /// <returns>Null when the bytes are not a terminal certificate.</returns>
    public static TerminalCertificate? Parse(ReadOnlySpan<byte> body)
    {
        if (body.Length != SignedLength + SignatureLength)
            return null;
        var id = Encoding.ASCII.GetString(body.Slice(PointLength, IdLength)).TrimEnd(' ');
        var day = Encoding.ASCII.GetString(body.Slice(PointLength + IdLength, DayLength));
        return DateOnly.TryParseExact(day, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var validUntil)
            ? new TerminalCertificate(body[..PointLength].ToArray(), id, validUntil, body[SignedLength..].ToArray())
            : null;
    }

    internal static byte[] SignedPart(ReadOnlySpan<byte> publicKey, string id, DateOnly validUntil) =>
        [.. publicKey, .. Pad(id), .. Encoding.ASCII.GetBytes(validUntil.ToString(DayFormat, CultureInfo.InvariantCulture))];

    /// <summary>P-256 point in X9.62's uncompressed form: 04 ‖ x ‖ y.</summary>
    internal static byte[] PointOf(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [0x04, .. point.X!, .. point.Y!];
    }

    private static byte[] Pad(string id)
    {
        if (id.Length is < 1 or > IdLength || id.AsSpan().ContainsAnyExceptInRange(' ', '~'))
            throw new ArgumentException("A terminal id is 1 to 16 printable ASCII characters.", nameof(id));
        return Encoding.ASCII.GetBytes(id.PadRight(IdLength));
    }
}
