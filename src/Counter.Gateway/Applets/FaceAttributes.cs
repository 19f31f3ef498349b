using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Globalization;
using System.Text;
using Jpki.Counter.Gateway.Apdu;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>
/// The four attributes (基本4情報) as the card holds them: FF20 {DF21 offsets, DF22 name, DF23 address, DF24 birth date, DF25 sex}.
/// </summary>
/// <remarks>Personal data: it has no text of itself.</remarks>
/// <param name="Name">氏名, UTF-8 on the card.</param>
/// <param name="Address">住所, UTF-8 on the card.</param>
/// <param name="BornOn">生年月日, YYYYMMDD on the card.</param>
/// <param name="Sex">性別: the card's one ASCII character, 1 male, 2 female, 3 other.</param>
public sealed record FaceAttributes(string Name, string Address, DateOnly BornOn, char Sex)
{
    private const string DateFormat = "yyyyMMdd";
    private const int OffsetsLength = 8;

    private static readonly Asn1Tag OffsetsTag = new(TagClass.Private, 0x21);
    private static readonly Asn1Tag[] FieldTags =
    [
        new(TagClass.Private, 0x22), new(TagClass.Private, 0x23), new(TagClass.Private, 0x24), new(TagClass.Private, 0x25),
    ];

    internal static Asn1Tag Tag { get; } = new(TagClass.Private, 0x20, isConstructed: true);

    public override string ToString() => nameof(FaceAttributes);

    /// <summary>The file's content. DF21 holds where each following tag begins, counted from the start of the file.</summary>
    public byte[] Encode()
    {
        byte[][] values =
        [
            Encoding.UTF8.GetBytes(Name),
            Encoding.UTF8.GetBytes(Address),
            Encoding.ASCII.GetBytes(BornOn.ToString(DateFormat, CultureInfo.InvariantCulture)),
            [(byte)Sex],
        ];
        var fields = values.Select((value, i) => EncodeField(FieldTags[i], value)).ToArray();

        // The offsets count the header before them, whose length does not depend on what they say.
        var content = fields.Sum(field => field.Length);
        var position = Wrap(EncodeField(OffsetsTag, new byte[OffsetsLength]), fields).Length - content;
        var offsets = new byte[OffsetsLength];
        for (var i = 0; i < fields.Length; position += fields[i++].Length)
            BinaryPrimitives.WriteUInt16BigEndian(offsets.AsSpan(2 * i), (ushort)position);
        return Wrap(EncodeField(OffsetsTag, offsets), fields);
    }

    internal static CardResult<FaceAttributes> Parse(ReadOnlyMemory<byte> file)
    {
        try
        {
            var content = new AsnReader(file, AsnEncodingRules.DER).ReadSequence(Tag);
            content.ReadOctetString(OffsetsTag);
            var values = FieldTags.Select(tag => content.ReadOctetString(tag)).ToArray();
            var date = Encoding.ASCII.GetString(values[2]);
            return DateOnly.TryParseExact(date, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var bornOn)
                && values[3].Length == 1
                ? new FaceAttributes(Encoding.UTF8.GetString(values[0]), Encoding.UTF8.GetString(values[1]), bornOn, (char)values[3][0])
                : new CardFailure.UnreadableContent();
        }
        catch (AsnContentException)
        {
            return new CardFailure.UnreadableContent();
        }
    }

    private static byte[] EncodeField(Asn1Tag tag, byte[] value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(value, tag);
        return writer.Encode();
    }

    private static byte[] Wrap(byte[] offsets, byte[][] fields)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence(Tag))
        {
            writer.WriteEncodedValue(offsets);
            foreach (var field in fields)
                writer.WriteEncodedValue(field);
        }

        return writer.Encode();
    }
}
