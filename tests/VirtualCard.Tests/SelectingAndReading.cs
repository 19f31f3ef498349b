using System.Buffers.Binary;
using System.Text;
using Jpki.VirtualCard.Tests.Support;

namespace Jpki.VirtualCard.Tests;

public class SelectingAndReading
{
    private readonly CardBench _bench = new();

    [Theory]
    [InlineData(CardBench.Jpki)]
    [InlineData(CardBench.CardFace)]
    [InlineData(CardBench.BasicRegister)]
    [InlineData(CardBench.Common)]
    public void Every_application_is_selected_by_its_whole_name(string aid)
    {
        Assert.Equal("9000", _bench.Status("00A4040C0A" + aid));
        Assert.Equal("6A82", _bench.Status("00A4040C09" + aid[..18]));
        Assert.Equal("6A82", _bench.Status("00A4040C0B" + aid + "00"));
    }

    [Theory]
    [InlineData("00A4040C07A0000002471001", "6A82")]
    [InlineData("00A4040C01D3", "6A82")]
    [InlineData("00A4040C", "6700")]
    [InlineData("00A4020C02 7777", "6A82")]
    [InlineData("00A4020C01 00", "6700")]
    [InlineData("00A4040007A0000002471001", "6A86")]
    [InlineData("00A4000C023F00", "6A86")]
    public void An_unknown_name_file_or_way_of_selecting_is_refused_and_changes_nothing(string select, string status)
    {
        _bench.In(CardBench.Jpki).At("0006");

        Assert.Equal(status, _bench.Status(select));

        Assert.Equal(160, _bench.Send("00B0000000").Data.Length);
    }

    [Fact]
    public void A_file_is_found_only_in_its_own_application()
    {
        Assert.Equal("6A82", _bench.Status("00A4020C020006"));
        Assert.Equal("6A82", _bench.In(CardBench.CardFace).Status("00A4020C020006"));
        Assert.Equal("6A82", _bench.In(CardBench.Jpki).Status("00A4020C020011"));
    }

    [Fact]
    public void Selecting_an_application_forgets_the_selected_file()
    {
        _bench.In(CardBench.Jpki).At("0006").In(CardBench.Jpki);

        Assert.Equal("6986", _bench.Status("00B0000000"));
    }

    [Fact]
    public void Reading_across_the_end_gives_the_rest_and_reading_past_it_is_refused()
    {
        _bench.In(CardBench.Jpki).At("0006");

        Assert.Equal(10, _bench.Send("00B000960A").Data.Length);
        Assert.Equal("9000", _bench.Status("00B0009F10"));
        Assert.Single(_bench.Send("00B0009F10").Data);
        Assert.Equal("6B00", _bench.Status("00B000A001"));
        Assert.Equal("6B00", _bench.Status("00B07FFF01"));
    }

    [Fact]
    public void A_blank_card_has_every_file_and_nothing_in_those_the_issuer_fills()
    {
        _bench.In(CardBench.Jpki);
        foreach (var ef in (string[])["0001", "0002", "0006", "0008", "000A", "000B", "0016", "0017", "0018", "001A", "001B"])
            _bench.At(ef);

        Assert.Equal("000000", Convert.ToHexString(_bench.Read("0008")));
        foreach (var ef in (string[])["0002", "000A", "000B"])
            Assert.Equal("6A82", _bench.At(ef).Status("00B0000000"));
        Assert.Equal("6982", _bench.At("0001").Status("00B0000000"));
        foreach (var ef in (string[])["0018", "001B"])
        {
            Assert.Equal("63C0", _bench.At(ef).TriesLeft());
            Assert.Equal("6984", _bench.Verify("1234"));
        }
    }

    [Fact]
    public void The_token_info_has_160_bytes_and_carries_the_card_serial_and_that_it_is_simulated()
    {
        var info = _bench.In(CardBench.Jpki).Read("0006");

        Assert.Equal(160, info.Length);
        Assert.Equal("JPKIAPICCTOKEN2".PadRight(32), Encoding.ASCII.GetString(info, 0, 32));
        Assert.Contains("simulated", Encoding.ASCII.GetString(info, 32, 32), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("simulated", Encoding.ASCII.GetString(info, 64, 16), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("123456789012345 ", Encoding.ASCII.GetString(info, 80, 16));
        Assert.Equal(16u, BinaryPrimitives.ReadUInt32BigEndian(info.AsSpan(96 + 20)));
        Assert.Equal(4u, BinaryPrimitives.ReadUInt32BigEndian(info.AsSpan(96 + 24)));
        Assert.Equal("01000100", Convert.ToHexString(info.AsSpan(140, 4)));
        Assert.Equal(new string(' ', 16), Encoding.ASCII.GetString(info, 144, 16));
    }

    [Fact]
    public void The_common_record_is_serial_municipality_and_expiry()
    {
        _bench.In(CardBench.Common).At("0001");

        Assert.Equal("1234567890123451320720300517", Encoding.ASCII.GetString(_bench.Send("00B2010400").Data));
        Assert.Equal("6A83", _bench.Status("00B2020400"));
        Assert.Equal("6A83", _bench.Status("00B2000400"));
        Assert.Equal("6A86", _bench.Status("00B2010500"));
        Assert.Equal("6986", _bench.Status("00B0000000"));
        Assert.Equal("6986", _bench.In(CardBench.Common).Status("00B2010400"));
        Assert.Equal("6986", _bench.In(CardBench.Jpki).At("0006").Status("00B2010400"));
    }

    [Fact]
    public void The_card_face_needs_its_pin_and_its_offsets_point_at_the_attributes()
    {
        _bench.WithIssuerRight().In(CardBench.CardFace).SetPin("0011", "9876");
        Assert.Equal("6982", _bench.At("0002").Status("00B0000000"));
        Assert.Equal("9000", _bench.At("0011").Verify("9876"));

        var face = _bench.Read("0002");

        Assert.Equal(0xFF20, BinaryPrimitives.ReadUInt16BigEndian(face));
        Assert.Equal(
            [(0xDF22, "昭島 花子"), (0xDF23, "東京都昭島市田中町一丁目17番1号"), (0xDF24, "19900228"), (0xDF25, "2")],
            Offsets(face).Select(offset => FieldAt(face, offset)));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(42)]
    [InlineData(43)]
    [InlineData(100)]
    [InlineData(300)]
    public void The_card_face_offsets_hold_for_every_form_of_length(int addressCharacters)
    {
        var order = CardBench.Order with { Face = CardBench.Order.Face with { Address = new string('町', addressCharacters) } };

        var face = Manufacture.CardFaceFile.Build(order.Face);

        var offsets = Offsets(face);
        Assert.Equal((0xDF23, order.Face.Address), FieldAt(face, offsets[1]));
        Assert.Equal((0xDF25, "2"), FieldAt(face, offsets[3]));
        Assert.Equal(face.Length, offsets[3] + 4);
    }

    [Fact]
    public void The_terminal_authoritys_key_is_free_to_read_and_never_written()
    {
        Assert.Equal(TestTerminal.Point(TestTerminal.Authority), _bench.In(CardBench.Jpki).Read("0016"));
        Assert.Equal("6986", _bench.WithIssuerRight().At("0016").Status("00D6000001AA"));
    }

    [Theory]
    [InlineData("12345678901234", "13207")]
    [InlineData("12345678901234A", "13207")]
    [InlineData("123456789012345", "132071")]
    public void A_malformed_order_is_not_manufactured(string serial, string municipality)
    {
        var order = CardBench.Order with { CardSerial = serial, MunicipalityCode = municipality };

        Assert.Throws<ArgumentException>(() => SoftCard.Manufacture(order));
    }

    [Fact]
    public void An_authority_key_that_is_no_point_of_the_curve_is_not_manufactured()
    {
        var key = TestTerminal.Point(TestTerminal.Authority);
        key[64] ^= 1;
        Assert.Throws<ArgumentException>(() => SoftCard.Manufacture(CardBench.Order with { TerminalAuthorityPublicKey = key }));
    }

    private static int[] Offsets(byte[] face)
    {
        ReadOnlySpan<byte> offsetsTag = [0xDF, 0x21, 0x08];
        var start = face.AsSpan().IndexOf(offsetsTag) + offsetsTag.Length;
        return [.. Enumerable.Range(0, 4).Select(i => (int)BinaryPrimitives.ReadUInt16BigEndian(face.AsSpan(start + (2 * i))))];
    }

    private static (int Tag, string Text) FieldAt(byte[] file, int offset)
    {
        var (start, length) = file[offset + 2] switch
        {
            0x81 => (4, file[offset + 3]),
            0x82 => (5, BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(offset + 3))),
            var direct => (3, direct),
        };
        return (BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(offset)), Encoding.UTF8.GetString(file, offset + start, length));
    }
}
