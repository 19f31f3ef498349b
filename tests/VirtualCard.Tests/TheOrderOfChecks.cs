using Jpki.VirtualCard.Tests.Support;

namespace Jpki.VirtualCard.Tests;

/// <summary>Each command meets several faults at once; the answer names the first in the order of the checks.</summary>
public class TheOrderOfChecks
{
    private readonly CardBench _bench = new();

    [Theory]
    [InlineData("", "6700")]
    [InlineData("00", "6700")]
    [InlineData("00B0", "6700")]
    [InlineData("00B000", "6700")]
    [InlineData("FF", "6E00")]
    [InlineData("FFFF", "6E00")]
    [InlineData("00FF", "6D00")]
    [InlineData("00FF000003AA", "6D00")]
    public void Stumps_are_answered_too(string apdu, string status) => Assert.Equal(status, _bench.Status(apdu));

    [Theory]
    [InlineData("80A4040C", "6E00")]
    [InlineData("80B0000000", "6E00")]
    [InlineData("80200080", "6E00")]
    [InlineData("002A008001AA00", "6E00")]
    [InlineData("00A200C101AA", "6E00")]
    [InlineData("04B0000000", "6E00")]
    [InlineData("80FF0000", "6E00")]
    [InlineData("00EE000000", "6D00")]
    public void The_class_comes_before_the_instruction_and_the_instruction_before_all_else(string apdu, string status) =>
        Assert.Equal(status, _bench.Status(apdu));

    [Theory]
    [InlineData("00B00000")]
    [InlineData("00B20104")]
    [InlineData("00840000")]
    [InlineData("00C00000")]
    [InlineData("00B0800000000000")]
    [InlineData("00B00000000000")]
    [InlineData("0020FF0000000431323334")]
    [InlineData("0020008005313233")]
    [InlineData("00200080043132333400FF")]
    [InlineData("00B0000001AA")]
    [InlineData("0084000001AA10")]
    public void Lengths_come_before_parameters(string apdu) => Assert.Equal("6700", _bench.In(CardBench.Jpki).Status(apdu));

    [Theory]
    [InlineData("00B0800000")]
    [InlineData("00D6800001AA")]
    [InlineData("0020008100")]
    [InlineData("0020000104 31323334")]
    [InlineData("0020010004 31323334")]
    [InlineData("0024008004 31323334")]
    [InlineData("002C008004 31323334")]
    [InlineData("0084000110")]
    [InlineData("80A2000001AA")]
    [InlineData("0082000001AA")]
    [InlineData("0047009801AA")]
    [InlineData("0047019A05AC03800107")]
    [InlineData("00C0000100")]
    [InlineData("802A0000 01 AA 00")]
    [InlineData("802A0180 01 AA 00")]
    [InlineData("00440001 02 0001")]
    [InlineData("00040100 02 0001")]
    public void Parameters_come_before_the_type_of_file(string apdu) => Assert.Equal("6A86", _bench.Status(apdu));

    [Theory]
    [InlineData("0006", "00200080")]
    [InlineData("001A", "0020008004 31323334")]
    [InlineData("0001", "0024018001 31")]
    [InlineData("001A", "002C0280")]
    [InlineData("0018", "00B0000000")]
    [InlineData("001A", "00B0000000")]
    [InlineData("0006", "00B2010400")]
    [InlineData("0018", "802A008001AA00")]
    [InlineData("0001", "802A808001AA00")]
    [InlineData("0006", "00D6000001AA")]
    [InlineData("0008", "00D6000001AA")]
    [InlineData("0018", "00D6000001AA")]
    [InlineData("001A", "00D6000001AA")]
    public void The_type_of_file_comes_before_the_right(string ef, string apdu)
    {
        Assert.Equal("6986", _bench.In(CardBench.Jpki).At(ef).Status(apdu));
        Assert.Equal("6986", _bench.In(CardBench.Jpki).Status(apdu));
    }

    [Theory]
    [InlineData("80A200C101AA")]
    [InlineData("0047009A01AA")]
    [InlineData("00440000 02 0002")]
    [InlineData("00040000 01 AA")]
    public void What_belongs_to_the_jpki_application_is_refused_elsewhere_before_the_right_is_asked(string apdu)
    {
        Assert.Equal("6985", _bench.Status(apdu));
        Assert.Equal("6985", _bench.In(CardBench.CardFace).Status(apdu));
    }

    [Theory]
    [InlineData("0047009A01AA", "6A80")]
    [InlineData("0047009A", "6A80")]
    [InlineData("00440000 02 0002", "6A82")]
    [InlineData("00440000 01 AA", "6700")]
    [InlineData("00040000 02 0018", "6A82")]
    public void The_right_comes_before_the_data(string apdu, string status)
    {
        Assert.Equal("6982", _bench.In(CardBench.Jpki).Status(apdu));
        Assert.Equal(status, _bench.WithIssuerRight().Status(apdu));
    }

    [Theory]
    [InlineData("0001", "00D6000001AA", "9000")]
    [InlineData("0001", "00D60000", "6700")]
    [InlineData("0001", "00D6000101AA", "6B00")]
    [InlineData("0018", "002C028003313233", "6A80")]
    [InlineData("0018", "002C0280", "6A80")]
    public void The_right_comes_before_the_data_of_the_selected_file(string ef, string apdu, string status)
    {
        Assert.Equal("6982", _bench.In(CardBench.Jpki).At(ef).Status(apdu));
        Assert.Equal(status, _bench.WithIssuerRight().At(ef).Status(apdu));
    }
}
