using Jpki.VirtualCard.Tests.Support;

namespace Jpki.VirtualCard.Tests;

public class PersonalisingTheCard
{
    private readonly CardBench _bench = new();

    [Fact]
    [Trait("Rule", "S3")]
    public void An_issued_pair_is_read_back_and_present()
    {
        _bench.WithIssuerRight().SetPin("001B", CardBench.SignaturePin);

        var signature = _bench.Issue("0001", CardBench.GenerateSignature, 1);
        Assert.Equal("8F0000", Convert.ToHexString(_bench.Read("0008")));
        var authentication = _bench.Issue("000A", CardBench.GenerateUserAuthentication, 2);

        Assert.Equal("8F8F00", Convert.ToHexString(_bench.Read("0008")));
        Assert.Equal(authentication, _bench.Read("000A"));
        Assert.Equal("6982", _bench.At("0001").Status("00B0000000"));
        Assert.Equal("9000", _bench.At("001B").Verify(CardBench.SignaturePin));
        Assert.Equal(signature, _bench.Read("0001"));
    }

    [Fact]
    public void What_is_pending_cannot_be_read_and_the_old_certificate_can_until_activation()
    {
        _bench.WithIssuerRight();
        var old = _bench.Issue("000A", CardBench.GenerateUserAuthentication, 1);

        var next = CardBench.Certify(_bench.Generate(CardBench.GenerateUserAuthentication), 2);
        _bench.Write("000A", next);
        Assert.Equal(old, _bench.Read("000A"));

        _bench.Do("0044000002000A");
        Assert.Equal(next, _bench.Read("000A"));
    }

    [Fact]
    public void Filler_behind_the_certificate_is_normal_and_anything_else_is_not()
    {
        _bench.WithIssuerRight();
        var certificate = CardBench.Certify(_bench.Generate(CardBench.GenerateUserAuthentication), 1);

        _bench.Write("000A", [.. certificate, 0xFF, 0x00]);
        Assert.Equal("6985", _bench.Status("0044000002000A"));

        _bench.Write("000A", [.. certificate, 0xFF, 0xFF]);
        _bench.Do("0044000002000A");
        Assert.Equal([.. certificate, 0xFF, 0xFF], _bench.Read("000A"));
    }

    [Fact]
    public void Activation_is_refused_unless_the_pending_certificate_carries_the_pending_key()
    {
        _bench.WithIssuerRight();
        Assert.Equal("6985", _bench.Status("0044000002000A"));

        var certificate = CardBench.Certify(_bench.Generate(CardBench.GenerateUserAuthentication), 1);
        Assert.Equal("6985", _bench.Status("0044000002000A"));

        _bench.Write("000A", certificate[..^1]);
        Assert.Equal("6985", _bench.Status("0044000002000A"));

        _bench.Write("000A", CardBench.Certify(TestKeys.Key(2).ExportParameters(false), 1));
        Assert.Equal("6985", _bench.Status("0044000002000A"));

        _bench.Write("000A", [0x30, 0x03, 0x02, 0x01, 0x00]);
        Assert.Equal("6985", _bench.Status("0044000002000A"));

        _bench.Write("000A", certificate);
        _bench.Do("0044000002000A");
        Assert.Equal("6985", _bench.Status("0044000002000A"));
        Assert.Equal(certificate, _bench.Read("000A"));
    }

    [Fact]
    public void The_signature_certificate_does_not_activate_the_other_key()
    {
        _bench.WithIssuerRight();
        _bench.Write("000A", CardBench.Certify(_bench.Generate(CardBench.GenerateSignature), 1));

        Assert.Equal("6985", _bench.Status("0044000002000A"));
        Assert.Equal("6985", _bench.Status("00440000020001"));
    }

    [Fact]
    public void A_new_pending_key_discards_the_pending_certificate()
    {
        _bench.WithIssuerRight();
        _bench.Write("000A", CardBench.Certify(_bench.Generate(CardBench.GenerateUserAuthentication), 1));

        _bench.Generate(CardBench.GenerateUserAuthentication);

        Assert.Equal("6B00", _bench.At("000A").Status("00D6000101AA"));
    }

    [Fact]
    public void Activation_leaves_pins_and_the_other_pair_alone()
    {
        _bench.WithIssuerRight().SetPin("0018", "1234");
        var other = _bench.Issue("000A", CardBench.GenerateUserAuthentication, 1);
        _bench.At("0018");
        Assert.Equal("63C2", _bench.Verify("0000"));

        _bench.Issue("0001", CardBench.GenerateSignature, 2);

        Assert.Equal("63C2", _bench.At("0018").TriesLeft());
        Assert.Equal(other, _bench.Read("000A"));
    }

    [Fact]
    public void Clearing_erases_certificate_and_key_and_may_be_repeated()
    {
        _bench.Issued().WithIssuerRight();
        var pending = CardBench.Certify(_bench.Generate(CardBench.GenerateSignature), 9);
        _bench.Write("0001", pending);

        _bench.Do("00040000020001");
        _bench.Do("00040000020001");

        Assert.Equal("008F00", Convert.ToHexString(_bench.Read("0008")));
        Assert.Equal("9000", _bench.At("001B").Verify(CardBench.SignaturePin));
        Assert.Equal("6A82", _bench.At("0001").Status("00B0000000"));
        Assert.Equal("6985", _bench.At("001A").Status("802A0080", [1], "00"));
        _bench.Do("00440000020001");
        Assert.Equal(pending, _bench.Read("0001"));
    }

    [Fact]
    public void Writing_at_zero_starts_a_new_image_and_elsewhere_overwrites_or_extends_it()
    {
        _bench.WithIssuerRight().At("0002");
        _bench.Do("00D60000", [1, 2, 3, 4]);
        _bench.Do("00D60002", [9]);
        Assert.Equal([1, 2, 9, 4], _bench.Read("0002"));
        _bench.Do("00D60004", [5]);
        Assert.Equal([1, 2, 9, 4, 5], _bench.Read("0002"));
        Assert.Equal("6B00", _bench.Status("00D60006", [7]));

        _bench.Do("00D60000", [8]);

        Assert.Equal([8], _bench.Read("0002"));
        Assert.Equal("6A82", _bench.At("000B").Status("00B0000000"));
    }

    [Fact]
    public void A_file_holds_4096_bytes_and_not_one_more()
    {
        _bench.WithIssuerRight();
        _bench.Write("000B", new byte[4096]);

        Assert.Equal("6A84", _bench.Status("00D61000", [1]));
        Assert.Equal("6A84", _bench.Status("00D60FFF", [1, 2]));
        Assert.Equal("6B00", _bench.Status("00D61001", [1]));
        Assert.Equal(4096, _bench.Read("000B").Length);
    }

    [Fact]
    [Trait("Rule", "S25")]
    public void The_card_face_is_written_in_place_with_the_right_and_without_its_pin()
    {
        _bench.WithIssuerRight().In(CardBench.CardFace).SetPin("0011", "1234");
        var next = Manufacture.CardFaceFile.Build(CardBench.Order.Face with { Address = "東京都昭島市昭和町" });

        _bench.Write("0002", next);

        Assert.Equal("9000", _bench.At("0011").Verify("1234"));
        Assert.Equal(next, _bench.Read("0002"));
    }
}
