using System.Globalization;
using Jpki.VirtualCard.Tests.Support;

namespace Jpki.VirtualCard.Tests;

public class TerminalsProveThemselves
{
    // A command that needs nothing but the right: 6A80 with it, 6982 without.
    private const string NeedsRight = "0047009A01AA";

    private readonly CardBench _bench = new();

    private bool HasRight => _bench.Status(NeedsRight) == "6A80";

    [Fact]
    public void A_certified_terminal_that_signs_the_challenge_has_the_right_in_every_application_until_reset()
    {
        _bench.WithIssuerRight();
        Assert.True(HasRight);

        Assert.Equal("6A80", _bench.In(CardBench.BasicRegister).At("001C").Status("002C0280"));
        _bench.In(CardBench.Jpki);
        Assert.True(HasRight);

        _bench.Card.Reset();
        _bench.In(CardBench.Jpki);
        Assert.False(HasRight);
    }

    [Theory]
    [InlineData("2026-12-31T14:59:59Z", "9000")]
    [InlineData("2026-12-31T15:00:00Z", "6300")]
    [InlineData("2026-12-30T15:00:00Z", "9000")]
    public void The_last_day_is_inclusive_and_ends_at_midnight_in_japan(string now, string status)
    {
        _bench.Clock.SetUtcNow(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

        Assert.Equal(status, _bench.In(CardBench.Jpki).Status("80A200C1", TestTerminal.Certificate("20261231")));
    }

    [Theory]
    [InlineData("20261332")]
    [InlineData("        ")]
    public void A_last_day_that_is_no_day_is_refused(string lastDay) =>
        Assert.Equal("6300", _bench.In(CardBench.Jpki).Status("80A200C1", TestTerminal.Certificate(lastDay)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(80)]
    [InlineData(88)]
    [InlineData(89)]
    [InlineData(152)]
    public void One_bit_changed_anywhere_is_a_certificate_of_nobody(int position)
    {
        var certificate = TestTerminal.Certificate();
        certificate[position] ^= 1;

        Assert.Equal("6300", _bench.In(CardBench.Jpki).Status("80A200C1", certificate));
        _bench.Challenge();
        Assert.Equal("6985", _bench.Status("00820096", new byte[64]));
    }

    [Fact]
    public void A_certificate_of_another_authority_or_length_is_refused()
    {
        _bench.In(CardBench.Jpki);

        Assert.Equal("6300", _bench.Status("80A200C1", TestTerminal.Certificate(signer: TestTerminal.Terminal)));
        Assert.Equal("6700", _bench.Status("80A200C1", TestTerminal.Certificate()[..^1]));
        Assert.Equal("6700", _bench.Status("80A200C1", [.. TestTerminal.Certificate(), 0]));
        Assert.Equal("6700", _bench.Status("80A200C1"));
    }

    [Fact]
    public void A_key_that_is_no_point_of_the_curve_is_refused_although_the_authority_signed_it()
    {
        var body = TestTerminal.Certificate()[..89];
        body[64] ^= 1;
        var signature = TestTerminal.Authority.SignData(body, System.Security.Cryptography.HashAlgorithmName.SHA256);
        _bench.In(CardBench.Jpki).Do("80A200C1", [.. body, .. signature]);

        Assert.Equal("6300", _bench.Status("00820096", TestTerminal.AnswerTo(_bench.Challenge())));
    }

    [Fact]
    public void Without_certificate_or_challenge_there_is_nothing_to_answer()
    {
        _bench.In(CardBench.Jpki);
        var challenge = _bench.Challenge();
        Assert.Equal("6985", _bench.Status("00820096", TestTerminal.AnswerTo(challenge)));

        _bench.Do("80A200C1", TestTerminal.Certificate());
        Assert.Equal("6985", _bench.Status("00820096", TestTerminal.AnswerTo(challenge)));
    }

    [Fact]
    public void Every_attempt_spends_the_challenge()
    {
        _bench.In(CardBench.Jpki).Do("80A200C1", TestTerminal.Certificate());
        var challenge = _bench.Challenge();
        Assert.Equal("6300", _bench.Status("00820096", TestTerminal.AnswerTo(challenge, TestTerminal.Authority)));
        Assert.Equal("6985", _bench.Status("00820096", TestTerminal.AnswerTo(challenge)));

        challenge = _bench.Challenge();
        Assert.Equal("6700", _bench.Status("00820096", TestTerminal.AnswerTo(challenge)[..^1]));
        Assert.Equal("6985", _bench.Status("00820096", TestTerminal.AnswerTo(challenge)));

        challenge = _bench.Challenge();
        _bench.Do("00820096", TestTerminal.AnswerTo(challenge));
        Assert.True(HasRight);
        Assert.Equal("6985", _bench.Status("00820096", TestTerminal.AnswerTo(challenge)));
    }

    [Fact]
    public void A_failed_attempt_and_a_certificate_presented_anew_drop_the_right()
    {
        _bench.WithIssuerRight();
        _bench.Challenge();
        Assert.Equal("6300", _bench.Status("00820096", new byte[64]));
        Assert.False(HasRight);

        _bench.WithIssuerRight().Do("80A200C1", TestTerminal.Certificate());
        Assert.False(HasRight);

        _bench.WithIssuerRight();
        Assert.Equal("6300", _bench.Status("80A200C1", TestTerminal.Certificate("20200101")));
        Assert.False(HasRight);
    }

    [Fact]
    public void A_certificate_presented_anew_drops_the_challenge()
    {
        _bench.In(CardBench.Jpki).Do("80A200C1", TestTerminal.Certificate());
        var challenge = _bench.Challenge();
        _bench.Do("80A200C1", TestTerminal.Certificate());

        Assert.Equal("6985", _bench.Status("00820096", TestTerminal.AnswerTo(challenge)));
    }

    [Fact]
    public void Only_the_latest_challenge_of_sixteen_bytes_counts_and_other_commands_do_not_spend_it()
    {
        _bench.In(CardBench.Jpki).Do("80A200C1", TestTerminal.Certificate());
        var first = _bench.Challenge();
        var second = _bench.Challenge();
        Assert.NotEqual(first, second);
        Assert.Equal(8, _bench.Send("0084000008").Data.Length);
        Assert.Equal(256, _bench.Send("0084000000").Data.Length);
        _bench.In(CardBench.CardFace).In(CardBench.Jpki).Read("0006");

        _bench.Do("00820096", TestTerminal.AnswerTo(second));

        _bench.Challenge();
        Assert.Equal("6300", _bench.Status("00820096", TestTerminal.AnswerTo(first)));
    }

    [Fact]
    public void A_challenge_of_another_length_cannot_be_answered()
    {
        _bench.In(CardBench.Jpki).Do("80A200C1", TestTerminal.Certificate());
        var challenge = _bench.Send("0084000008").Data;

        Assert.Equal("6985", _bench.Status("00820096", TestTerminal.AnswerTo(challenge)));
    }

    [Fact]
    public void Reset_forgets_terminal_and_challenge()
    {
        _bench.In(CardBench.Jpki).Do("80A200C1", TestTerminal.Certificate());
        var challenge = _bench.Challenge();

        _bench.Card.Reset();

        Assert.Equal("6985", _bench.Status("00820096", TestTerminal.AnswerTo(challenge)));
        _bench.Challenge();
        Assert.Equal("6985", _bench.Status("00820096", new byte[64]));
    }
}
