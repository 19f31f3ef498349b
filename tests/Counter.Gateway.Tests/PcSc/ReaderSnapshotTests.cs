using Jpki.Counter.Gateway.PcSc;

namespace Jpki.Counter.Gateway.Tests.PcSc;

public sealed class ReaderSnapshotTests
{
    private const uint Empty = 0x0010;
    private const uint Present = 0x0020;
    private const uint Unknown = 0x0004;

    [Fact]
    public void An_array_element_is_80_bytes_on_64_bit_Linux()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.Is64BitProcess, "The size is another system's.");
        Assert.Equal(80, ReaderStateArray.Stride);
    }

    [Fact]
    public void What_comes_is_told_in_order() => Assert.Equal(
        [new ReaderEvent.ServiceBack(), new ReaderEvent.ReaderArrived("A"), new ReaderEvent.CardArrived("A", "3BE0")],
        ReaderSnapshot.Nothing.EventsUntil(Of(("A", Present))));

    [Fact]
    public void What_goes_is_told_in_order() => Assert.Equal(
        [new ReaderEvent.CardLeft("A"), new ReaderEvent.ReaderLeft("A"), new ReaderEvent.ServiceGone()],
        Of(("A", Present)).EventsUntil(ReaderSnapshot.Nothing));

    [Fact]
    public void Nothing_new_is_no_event() => Assert.Empty(Of(("A", Present), ("B", Empty)).EventsUntil(Of(("A", Present), ("B", Empty))));

    [Fact]
    public void A_card_in_use_is_still_the_same_card() => Assert.Empty(Of(("A", Present)).EventsUntil(Of(("A", Present | 0x0100))));

    [Fact]
    public void A_card_that_was_out_between_two_looks_is_told_as_gone_and_come() => Assert.Equal(
        [new ReaderEvent.CardLeft("A"), new ReaderEvent.CardArrived("A", "3BE0")],
        Of(("A", Present | 0x0001_0000)).EventsUntil(Of(("A", Present | 0x0003_0000))));

    [Fact]
    public void A_reader_reported_unknown_is_not_there() => Assert.Equal(
        [new ReaderEvent.ReaderLeft("B")],
        Of(("A", Empty), ("B", Empty)).EventsUntil(Of(("A", Empty), ("B", Unknown))));

    private static ReaderSnapshot Of(params (string Name, uint Flags)[] readers) =>
        ReaderSnapshot.Of(readers.Select(reader => new ReaderState(reader.Name, reader.Flags, [0x3B, 0xE0])));
}
