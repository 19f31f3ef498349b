using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Apdu.Commands;
using Jpki.Counter.Gateway.Tests.Support;

namespace Jpki.Counter.Gateway.Tests.Apdu;

public sealed class ApduTests
{
    [Fact]
    public void A_command_is_encoded_in_each_of_the_four_cases_of_ISO_7816()
    {
        Assert.Equal("00440000", Convert.ToHexString(new CommandApdu(0x00, 0x44, 0, 0).Encode()));
        Assert.Equal("0084000010", Convert.ToHexString(new CommandApdu(0x00, 0x84, 0, 0, expected: 16).Encode()));
        Assert.Equal("002000800431323334", Convert.ToHexString(new CommandApdu(0x00, 0x20, 0, 0x80, "1234"u8.ToArray()).Encode()));
        Assert.Equal("802A008001AA00", Convert.ToHexString(new CommandApdu(0x80, 0x2A, 0, 0x80, new byte[] { 0xAA }, 256).Encode()));
    }

    [Fact]
    public void A_command_longer_than_a_short_APDU_is_a_mistake()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CommandApdu(0, 0, 0, 0, new byte[256]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CommandApdu(0, 0, 0, 0, expected: 257));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CommandApdu(0, 0, 0, 0, expected: 0));
    }

    [Fact]
    public void Neither_commands_nor_answers_show_their_data()
    {
        Assert.Equal("00 20 00 80", new CommandApdu(0x00, 0x20, 0x00, 0x80, "1234"u8.ToArray()).ToString());
        Assert.Equal("9000", new ResponseApdu("name"u8.ToArray(), StatusWord.Success).ToString());
        Assert.DoesNotContain("1234", new Verify("1234"u8.ToArray()).ToString()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x6100, 256, null)]
    [InlineData(0x610E, 14, null)]
    [InlineData(0x63C0, null, 0)]
    [InlineData(0x63C5, null, 5)]
    [InlineData(0x6300, null, null)]
    [InlineData(0x9000, null, null)]
    public void A_status_word_tells_bytes_waiting_and_tries_left(int value, int? waiting, int? tries)
    {
        var status = new StatusWord((ushort)value);
        Assert.Equal(waiting, status.BytesWaiting);
        Assert.Equal(tries, status.TriesLeft);
    }

    [Theory]
    [InlineData("9000", typeof(PinVerification.Verified))]
    [InlineData("63C2", typeof(PinVerification.Wrong))]
    [InlineData("63C0", typeof(PinVerification.Blocked))]
    [InlineData("6984", typeof(PinVerification.Blocked))]
    [Trait("Rule", "S16")]
    public void The_card_says_verified_wrong_or_blocked_to_a_PIN(string answer, Type expected)
    {
        var result = new Verify(default).Interpret(ResponseApdu.Parse(Convert.FromHexString(answer)));
        Assert.IsType(expected, result.Value);
    }

    [Fact]
    public void A_wrong_PIN_tells_how_many_tries_are_left()
    {
        var result = new Verify(default).Interpret(ResponseApdu.Parse(Convert.FromHexString("63C2")));
        Assert.Equal(new PinVerification.Wrong(2), result.Value);
    }

    [Fact]
    public async Task An_answer_that_comes_in_parts_is_fetched_and_put_together()
    {
        var part = string.Concat(Enumerable.Repeat("AB", 256));
        var card = new ScriptedCard(
            ("00 47 00 97", "6100"),
            ("00 C0 00 00 00", part + "610E"),
            ("00 C0 00 00 0E", string.Concat(Enumerable.Repeat("CD", 14)) + "9000"));

        var answer = await new ResponseChaining(card)
            .TransmitAsync(new CommandApdu(0x00, 0x47, 0x00, 0x97), TestContext.Current.CancellationToken).Success();

        Assert.Equal(270, answer.Data.Length);
        Assert.Equal(0xCD, answer.Data.Span[^1]);
        Assert.True(answer.Status.IsSuccess);
        card.AssertPlayed();
    }

    [Fact]
    public async Task A_card_that_never_comes_to_an_end_is_not_one_of_ours()
    {
        var card = new ScriptedCard([("00 47 00 97", "6101"), .. Enumerable.Repeat(("00 C0 00 00 01", "AA 6101"), 32)]);

        await new ResponseChaining(card)
            .TransmitAsync(new CommandApdu(0x00, 0x47, 0x00, 0x97), TestContext.Current.CancellationToken)
            .Failure<CardFailure.NotThisKindOfCard, ResponseApdu>();
    }

    [Fact]
    public async Task The_trace_knows_instruction_and_status_word_and_nothing_else()
    {
        var traces = new List<ApduTrace>();
        var card = new ScriptedCard(("00 20 00 80 04 31323334", "63C2"), ("00 84 00 00 10", ScriptedCard.Gone));
        var channel = new TracedChannel(card, traces.Add, TimeProvider.System);

        await channel.SendAsync(new Verify("1234"u8.ToArray()), TestContext.Current.CancellationToken);
        await channel.SendAsync(new GetChallenge(), TestContext.Current.CancellationToken);

        Assert.Equal([(0x20, new StatusWord(0x63C2)), (0x84, null)], traces.Select(trace => ((int)trace.Instruction, trace.Status)));
        Assert.Equal(
            ["Instruction", "Status", "Took"],
            typeof(ApduTrace).GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_failure_says_in_both_languages_what_to_do_next()
    {
        CardFailure[] failures = [.. typeof(CardFailure).GetNestedTypes().Where(type => type != typeof(CardFailure.Refused))
            .Select(type => (CardFailure)Activator.CreateInstance(type)!), .. RefusalsOfEveryKind()];

        Assert.All(failures, failure =>
        {
            Assert.Contains("。", failure.Japanese, StringComparison.Ordinal);
            // A fact and an advice: two sentences at least.
            Assert.True(failure.English.Split(". ").Length >= 2, failure.English);
        });
        Assert.Equal(10, failures.Select(failure => failure.Code).Distinct().Count());
    }

    private static IEnumerable<CardFailure> RefusalsOfEveryKind() =>
        new[] { 0x6300, 0x63C1, 0x6700, 0x6982, 0x6984, 0x6985, 0x6986, 0x6A80, 0x6A82, 0x6A84, 0x6B00, 0x6F00 }
            .Select(value => new CardFailure.Refused(new StatusWord((ushort)value)));
}
