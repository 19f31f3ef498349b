using Jpki.VirtualCard.Readers;
using Jpki.VirtualCard.Tests.Support;

namespace Jpki.VirtualCard.Tests;

public sealed class CardsInAReader : IDisposable
{
    private const string GetAtr = "04";
    private const string PowerOff = "00";
    private const string PowerOn = "01";
    private const string ResetCard = "02";
    private const string SelectJpki = "00A4040C0A" + CardBench.Jpki;
    private const string SelectTokenInfo = "00A4020C020006";

    private readonly FakeReader _reader = new();
    private readonly CardBench _bench = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _reader.Dispose();

    [Fact]
    public async Task The_card_tells_its_atr_and_answers_commands()
    {
        await using var inserted = await InsertAsync();

        Assert.Equal("3BE000FF8131FE4514", await _reader.AskAsync(GetAtr));
        await _reader.SendAsync(PowerOn);
        Assert.Equal("9000", await _reader.AskAsync(SelectJpki));
        Assert.Equal(1, inserted.Commands);
    }

    [Theory]
    [InlineData(PowerOff)]
    [InlineData(PowerOn)]
    [InlineData(ResetCard)]
    public async Task Power_and_reset_are_not_answered_and_clear_the_session(string control)
    {
        await using var inserted = await InsertAsync();
        await _reader.AskAsync(SelectJpki);
        Assert.Equal("9000", await _reader.AskAsync(SelectTokenInfo));

        await _reader.SendAsync(control);

        Assert.Equal("6A82", await _reader.AskAsync(SelectTokenInfo));
    }

    [Fact]
    public async Task Asking_for_the_atr_does_not_clear_the_session()
    {
        await using var inserted = await InsertAsync();
        await _reader.AskAsync(SelectJpki);

        await _reader.AskAsync(GetAtr);

        Assert.Equal("9000", await _reader.AskAsync(SelectTokenInfo));
    }

    [Fact]
    public async Task Taking_the_card_out_closes_the_connection_and_clears_the_session()
    {
        var inserted = await InsertAsync();
        await _reader.AskAsync(SelectJpki);

        await inserted.DisposeAsync();

        Assert.Null(await _reader.ReceiveAsync());
        Assert.True(inserted.Removed.IsCompletedSuccessfully);
        Assert.Equal("6A82", _bench.Status(SelectTokenInfo));
    }

    [Theory]
    [InlineData(TamperDecision.PullBefore, "63C3")]
    [InlineData(TamperDecision.PullAfter, "63C2")]
    public async Task A_card_pulled_at_a_command_leaves_no_answer(TamperDecision decision, string triesLeft)
    {
        _bench.WithIssuerRight().SetPin("0018", "1234");
        var seen = new List<string>();
        await using var inserted = await InsertAsync(tamper: (index, apdu) =>
        {
            seen.Add($"{index} {Convert.ToHexString(apdu.Span)}");
            return index == 2 ? decision : TamperDecision.LetPass;
        });
        await _reader.AskAsync(SelectJpki);
        await _reader.AskAsync("00A4020C020018");

        Assert.Null(await _reader.AskAsync("002000800430303030"));

        await inserted.Removed.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        Assert.Equal(["0 " + SelectJpki, "1 00A4020C020018", "2 002000800430303030"], seen);
        Assert.Equal(triesLeft, _bench.In(CardBench.Jpki).At("0018").TriesLeft());
    }

    [Theory]
    [InlineData(TamperDecision.MuteBefore, "63C3")]
    [InlineData(TamperDecision.MuteAfter, "63C2")]
    public async Task A_mute_card_stays_in_the_reader_and_never_answers_again(TamperDecision decision, string triesLeft)
    {
        _bench.WithIssuerRight().SetPin("0018", "1234");
        var inserted = await InsertAsync(tamper: (index, _) => index == 2 ? decision : TamperDecision.LetPass);
        await _reader.AskAsync(SelectJpki);
        await _reader.AskAsync("00A4020C020018");

        await _reader.SendAsync("002000800430303030");
        await _reader.SendAsync(GetAtr);

        Assert.True(_reader.HearsNothing());
        Assert.False(inserted.Removed.IsCompleted);
        await inserted.DisposeAsync();
        Assert.Null(await _reader.ReceiveAsync());
        Assert.Equal(triesLeft, _bench.In(CardBench.Jpki).At("0018").TriesLeft());
    }

    [Fact]
    public async Task A_hundred_commands_do_not_wait_for_delayed_acknowledgements()
    {
        await using var inserted = await InsertAsync();
        var started = TimeProvider.System.GetTimestamp();

        for (var i = 0; i < 100; i++)
            Assert.Equal("9000", await _reader.AskAsync(SelectJpki));

        // Delayed by 40 ms each, they would take 4 seconds; as it is they take a hundredth of one.
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_card_that_was_pulled_can_be_put_in_again()
    {
        await using (var first = await InsertAsync(tamper: (_, _) => TamperDecision.PullBefore))
            Assert.Null(await _reader.AskAsync(SelectJpki));

        await using var second = await InsertAsync();

        Assert.Equal("9000", await _reader.AskAsync(SelectJpki));
    }

    [Fact]
    public async Task A_card_comes_back_into_its_slot_when_the_daemon_does()
    {
        await using var inserted = await InsertAsync(reinsert: true);
        await _reader.AskAsync(SelectJpki);

        _reader.HangUp();
        await _reader.AcceptAsync();

        Assert.Equal("6A82", await _reader.AskAsync(SelectTokenInfo));
        Assert.Equal("9000", await _reader.AskAsync(SelectJpki));
    }

    [Fact]
    public async Task Without_being_told_to_a_card_does_not_come_back()
    {
        await using var inserted = await InsertAsync();

        _reader.HangUp();

        await inserted.Removed.WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
    }

    [Fact]
    public async Task A_reader_that_is_not_there_is_waited_for_and_then_given_up()
    {
        int port;
        using (var gone = new FakeReader())
            port = gone.Port;
        var options = new VpcdOptions { Port = port, ConnectTimeout = TimeSpan.FromMilliseconds(200) };

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => VpcdConnection.InsertAsync(_bench.Card, options, Cancellation));

        Assert.Contains(port.ToString(null as IFormatProvider), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_comes_later_gets_the_card()
    {
        int port;
        using (var gone = new FakeReader())
            port = gone.Port;
        var inserting = VpcdConnection.InsertAsync(_bench.Card, new VpcdOptions { Port = port }, Cancellation);

        using var late = new FakeReader(port);
        await late.AcceptAsync();

        await using var inserted = await inserting;
        Assert.Equal("9000", await late.AskAsync(SelectJpki));
    }

    private async Task<VpcdConnection> InsertAsync(Tamper? tamper = null, bool reinsert = false)
    {
        var options = new VpcdOptions { Port = _reader.Port, Tamper = tamper, ReinsertOnReconnect = reinsert };
        var inserted = await VpcdConnection.InsertAsync(_bench.Card, options, Cancellation);
        await _reader.AcceptAsync();
        return inserted;
    }
}
