using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Jpki.VirtualCard.Manufacture;

/// <summary>券面事項入力補助 EF 0002: FF20 { DF21 offsets, DF22 name, DF23 address, DF24 birth date, DF25 sex }, lengths as in DER.</summary>
internal static class CardFaceFile
{
    private const ushort Template = 0xFF20;
    private const ushort Offsets = 0xDF21;
    private const ushort FirstAttribute = 0xDF22;

    public static byte[] Build(FaceAttributes face)
    {
        string[] texts =
        [
            face.Name, face.Address, face.BirthDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            face.Sex.ToString(CultureInfo.InvariantCulture),
        ];
        byte[][] attributes = [.. texts.Select((text, i) => Field((ushort)(FirstAttribute + i), Encoding.UTF8.GetBytes(text)))];

        // The offsets have a fixed size, so the body's length, and with it the template's header, is known before they are.
        var offsets = new byte[2 * attributes.Length];
        var bodyLength = Field(Offsets, offsets).Length + attributes.Sum(attribute => attribute.Length);
        var position = Header(Template, bodyLength).Length + Field(Offsets, offsets).Length;
        for (var i = 0; i < attributes.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(offsets.AsSpan(2 * i), (ushort)position);
            position += attributes[i].Length;
        }
        return Field(Template, [.. Field(Offsets, offsets), .. attributes.SelectMany(attribute => attribute)]);
    }

    private static byte[] Field(ushort tag, byte[] value) => [.. Header(tag, value.Length), .. value];

    private static byte[] Header(ushort tag, int length) => length switch
    {
        < 0x80 => [(byte)(tag >> 8), (byte)tag, (byte)length],
        < 0x100 => [(byte)(tag >> 8), (byte)tag, 0x81, (byte)length],
        _ => [(byte)(tag >> 8), (byte)tag, 0x82, (byte)(length >> 8), (byte)length],
    };
}
