using System.Buffers.Binary;
using System.Text;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Domain.Identifiers;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>Which certificates the card says it holds (EF 0008).</summary>
public sealed record JpkiPresence(bool Signature, bool UserAuthentication)
{
    internal const int Length = 3;
    private const byte Present = 0x8F;

    public bool Holds(JpkiSlot slot) => slot == JpkiSlot.Signature ? Signature : UserAuthentication;

    internal static CardResult<JpkiPresence> Parse(ReadOnlyMemory<byte> file) => file.Length < 2
        ? new CardFailure.UnreadableContent()
        : new JpkiPresence(file.Span[0] == Present, file.Span[1] == Present);
}

/// <summary>What the card tells of itself (EF 0006; the fields of PKCS#11's CK_TOKEN_INFO).</summary>
/// <param name="Label"><c>JPKIAPICCTOKEN2</c> on My Number cards.</param>
/// <param name="Manufacturer">Maker of the card.</param>
/// <param name="Model">Maker's model name.</param>
/// <param name="Serial">The card's identity.</param>
/// <param name="Flags">PKCS#11 <c>CKF_…</c> token flags.</param>
public sealed record TokenInfo(string Label, string Manufacturer, string Model, CardSerial Serial, uint Flags)
{
    internal const int Length = 160;
    internal const int SerialOffset = 80;
    internal const int SerialLength = 16;
    private const int FlagsOffset = 96;

    internal static CardResult<TokenInfo> Parse(ReadOnlyMemory<byte> file)
    {
        if (file.Length < Length)
            return new CardFailure.UnreadableContent();

        string Text(int offset, int length) => Encoding.ASCII.GetString(file.Span.Slice(offset, length)).TrimEnd(' ', '\0');
        return ParseSerial(file.Slice(SerialOffset, SerialLength)).TryGet(out var serial, out var failure)
            ? new TokenInfo(
                Text(0, 32), Text(32, 32), Text(64, 16), serial, BinaryPrimitives.ReadUInt32BigEndian(file.Span[FlagsOffset..]))
            : failure;
    }

    internal static CardResult<CardSerial> ParseSerial(ReadOnlyMemory<byte> field) =>
        CardSerial.TryParse(Encoding.ASCII.GetString(field.Span).TrimEnd(' '), null, out var serial) ? serial : new CardFailure.UnreadableContent();
}
