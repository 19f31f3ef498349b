using Jpki.VirtualCard.Tests.Support;

namespace Jpki.VirtualCard.Tests;

public class PinsOnTheCard
{
    private readonly CardBench _bench = new();

    public PinsOnTheCard()
    {
        _bench.WithIssuerRight().SetPin("0018", "1234").SetPin("001B", CardBench.SignaturePin);
        _bench.In(CardBench.CardFace).SetPin("0011", "5678");
        _bench.In(CardBench.BasicRegister).SetPin("001C", "2468");
        _bench.Card.Reset();
    }

    [Theory]
    [Trait("Rule", "S12")]
    [InlineData(CardBench.Jpki, "0018", "1234", 3)]
    [InlineData(CardBench.Jpki, "001B", "ABC123", 5)]
    [InlineData(CardBench.CardFace, "0011", "5678", 3)]
    [InlineData(CardBench.BasicRegister, "001C", "2468", 3)]
    public void Wrong_pins_count_down_to_a_block_that_the_right_pin_does_not_open(string aid, string ef, string pin, int tries)
    {
        _bench.In(aid).At(ef);
        for (var left = tries; left > 0; left--)
        {
            Assert.Equal($"63C{left}", _bench.TriesLeft());
            Assert.Equal($"63C{left - 1}", _bench.Verify("0000"));
        }

        Assert.Equal("63C0", _bench.TriesLeft());
        Assert.Equal("6984", _bench.Verify(pin));
        Assert.Equal("63C0", _bench.TriesLeft());
    }

    [Fact]
    public void The_right_pin_restores_all_tries_and_asking_for_them_keeps_it_verified()
    {
        _bench.In(CardBench.Jpki).At("0018");
        Assert.Equal("63C2", _bench.Verify("9999"));

        Assert.Equal("9000", _bench.Verify("1234"));

        Assert.Equal("63C3", _bench.TriesLeft());
        _bench.Do("00240180", CardBench.Ascii("4321"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("123")]
    [InlineData("12345")]
    [InlineData("12345678901234567")]
    public void A_pin_of_the_wrong_length_costs_a_try_too(string pin) =>
        Assert.Equal("63C2", _bench.In(CardBench.Jpki).At("0018").Verify(pin));

    [Fact]
    public void A_length_byte_of_a_query_is_not_a_try()
    {
        Assert.Equal("63C3", _bench.In(CardBench.Jpki).At("0018").Status("0020008000"));
        Assert.Equal("63C3", _bench.TriesLeft());
    }

    [Fact]
    public void A_wrong_pin_ends_the_verified_state()
    {
        _bench.In(CardBench.Jpki).At("0018");
        Assert.Equal("9000", _bench.Verify("1234"));
        Assert.Equal("63C2", _bench.Verify("1235"));

        Assert.Equal("6982", _bench.Status("00240180", CardBench.Ascii("4321")));
    }

    [Fact]
    public void Changing_needs_the_old_pin_in_this_session_and_keeps_it_verified()
    {
        _bench.In(CardBench.Jpki).At("0018");
        Assert.Equal("6982", _bench.Status("00240180", CardBench.Ascii("4321")));
        Assert.Equal("9000", _bench.Verify("1234"));

        _bench.Do("00240180", CardBench.Ascii("4321"));
        _bench.Do("00240180", CardBench.Ascii("1111"));

        Assert.Equal("9000", _bench.Verify("1111"));
        Assert.Equal("63C2", _bench.Verify("1234"));
    }

    [Fact]
    public void One_pin_verified_is_not_the_other()
    {
        _bench.In(CardBench.Jpki).At("001B");
        Assert.Equal("9000", _bench.Verify(CardBench.SignaturePin));

        Assert.Equal("6982", _bench.At("0018").Status("00240180", CardBench.Ascii("4321")));
    }

    [Theory]
    [Trait("Rule", "S9")]
    [InlineData("0018", "", "6A80")]
    [InlineData("0018", "123", "6A80")]
    [InlineData("0018", "12345", "6A80")]
    [InlineData("0018", "12A4", "6A80")]
    [InlineData("0018", "0000", "9000")]
    [InlineData("001B", "", "6A80")]
    [InlineData("001B", "ABC12", "6A80")]
    [InlineData("001B", "ABCDE12345FGHIJ67", "6A80")]
    [InlineData("001B", "abc123", "6A80")]
    [InlineData("001B", "ABC 123", "6A80")]
    [InlineData("001B", "ABC123", "9000")]
    [InlineData("001B", "ABCDE12345FGHIJ6", "9000")]
    [InlineData("001B", "123456", "9000")]
    public void The_card_takes_only_pins_of_its_form(string ef, string pin, string status)
    {
        var old = ef == "0018" ? "1234" : CardBench.SignaturePin;
        Assert.Equal("9000", _bench.In(CardBench.Jpki).At(ef).Verify(old));
        var data = pin.Length == 0 ? null : CardBench.Ascii(pin);

        Assert.Equal(status, _bench.Status("00240180", data));
        Assert.Equal(status, _bench.WithIssuerRight().At(ef).Status("002C0280", data));
    }

    [Fact]
    public void A_pin_of_the_wrong_form_leaves_the_verified_state_alone()
    {
        Assert.Equal("9000", _bench.WithIssuerRight().At("0018").Verify("1234"));

        Assert.Equal("6A80", _bench.Status("002C0280", CardBench.Ascii("12")));

        _bench.Do("00240180", CardBench.Ascii("4321"));
    }

    [Fact]
    [Trait("Rule", "S27")]
    public void The_issuer_unblocks_without_the_old_pin_and_ends_the_verified_state()
    {
        _bench.In(CardBench.Jpki).At("0018");
        for (var i = 0; i < 3; i++)
            _bench.Verify("0000");
        Assert.Equal("6982", _bench.Status("002C0280", CardBench.Ascii("4321")));

        _bench.WithIssuerRight().SetPin("0018", "4321");

        Assert.Equal("63C3", _bench.TriesLeft());
        Assert.Equal("9000", _bench.Verify("4321"));
        _bench.SetPin("0018", "1111");
        Assert.Equal("6982", _bench.Status("00240180", CardBench.Ascii("2222")));
    }

    [Fact]
    public void Selecting_an_application_ends_verification_and_failing_to_does_not()
    {
        _bench.In(CardBench.Jpki).At("0018");
        Assert.Equal("9000", _bench.Verify("1234"));

        Assert.Equal("6A82", _bench.Status("00A4040C0AD392F000260100000002"));
        _bench.Do("00240180", CardBench.Ascii("1234"));

        Assert.Equal("6982", _bench.In(CardBench.Jpki).At("0018").Status("00240180", CardBench.Ascii("1234")));
    }

    [Fact]
    public void Reset_ends_verification()
    {
        _bench.In(CardBench.Jpki).At("0018");
        Assert.Equal("9000", _bench.Verify("1234"));

        _bench.Card.Reset();

        Assert.Equal("6986", _bench.TriesLeft());
        Assert.Equal("6982", _bench.In(CardBench.Jpki).At("0018").Status("00240180", CardBench.Ascii("1234")));
    }

    [Fact]
    public void No_pin_is_in_what_the_state_prints()
    {
        var state = State.PinRules.Fresh(State.PinObject.Signature, "SECRET7"u8);

        Assert.DoesNotContain("SECRET7", state.ToString(), StringComparison.Ordinal);
    }
}
