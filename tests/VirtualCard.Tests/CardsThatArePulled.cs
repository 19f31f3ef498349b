using Jpki.VirtualCard.State;
using Jpki.VirtualCard.Tests.Support;

namespace Jpki.VirtualCard.Tests;

public sealed class CardsThatArePulled : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jpki-card-").FullName;
    private readonly string _file;
    private readonly CardBench _bench;

    public CardsThatArePulled()
    {
        _file = Path.Combine(_folder, "card.json");
        _bench = new CardBench(_file);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Spent_tries_are_remembered()
    {
        _bench.WithIssuerRight().SetPin("0018", "1234");
        Assert.Equal("63C2", _bench.Verify("0000"));

        _bench.PullAndReload();

        Assert.Equal("63C2", _bench.In(CardBench.Jpki).At("0018").TriesLeft());
        Assert.Equal("9000", _bench.Verify("1234"));
    }

    [Fact]
    public void A_try_is_on_the_disk_before_the_pin_is_compared()
    {
        var seen = new List<int>();
        var pin = PinRules.Fresh(PinObject.UserAuthentication, "1234"u8);
        var state = CardFile.Read(_file).With(PinObject.UserAuthentication, pin);
        void Store(CardState next) => seen.Add(next.Pins[PinObject.UserAuthentication].TriesLeft);
        var context = new CardContext(state, Store, new TestKeys(), _bench.Clock);
        context.Session.File = new Files.PinFile(0x0018, PinObject.UserAuthentication);

        new Commands.PinCommands(context).Verify(new Apdus.CommandApdu(0x00, 0x80, "1234"u8.ToArray(), null));

        Assert.Equal([2, 3], seen);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public void A_half_written_pending_certificate_is_carried_on_after_the_card_comes_back()
    {
        _bench.WithIssuerRight();
        var certificate = CardBench.Certify(_bench.Generate(CardBench.GenerateUserAuthentication), 1);
        _bench.At("000A").Do("00D60000", certificate[..200]);

        _bench.PullAndReload();

        Assert.Equal("6982", _bench.In(CardBench.Jpki).At("000A").Status("00D600C8", certificate[200..400]));
        _bench.WithIssuerRight().At("000A");
        Assert.Equal("6A82", _bench.Status("00B0000000"));
        for (var offset = 200; offset < certificate.Length; offset += 200)
            _bench.Do("00D6" + offset.ToString("X4", null), certificate[offset..Math.Min(offset + 200, certificate.Length)]);
        _bench.Do("0044000002000A");
        Assert.Equal(certificate, _bench.Read("000A"));
    }

    [Fact]
    [Trait("Rule", "B4")]
    public void Pulled_after_any_command_of_a_renewal_the_card_has_a_whole_old_or_a_whole_new_pair()
    {
        _bench.Issued();
        var old = _bench.In(CardBench.Jpki).Read("000A");
        var commands = 0;
        byte[]? next = null;
        while (next is null || !UserAuthenticationCertificate().SequenceEqual(next))
        {
            Renew(pullAfter: ++commands, ref next);
            var present = UserAuthenticationCertificate();
            Assert.True(present.SequenceEqual(old) || present.SequenceEqual(next!));
            Assert.Equal("8F8F00", Convert.ToHexString(_bench.In(CardBench.Jpki).Read("0008")));
            Assert.True(KeyBelongsTo(present));
        }

        // Right, key, four pieces of certificate and the activation: less would mean that the renewal was not cut at every command.
        Assert.InRange(commands, 10, 40);
    }

    [Fact]
    public void A_card_that_comes_back_has_no_right_and_no_pin_verified()
    {
        _bench.WithIssuerRight().SetPin("0018", "1234");
        Assert.Equal("9000", _bench.Verify("1234"));

        _bench.PullAndReload();

        Assert.Equal("6986", _bench.TriesLeft());
        Assert.Equal("6982", _bench.In(CardBench.Jpki).Status(CardBench.GenerateSignature));
        Assert.Equal("6982", _bench.At("0018").Status("00240180", CardBench.Ascii("1234")));
    }

    [Fact]
    public void The_state_survives_the_file_whole()
    {
        _bench.Issued().WithIssuerRight().Generate(CardBench.GenerateSignature);

        var first = File.ReadAllBytes(_file);
        CardFile.Write(_file, CardFile.Read(_file));

        Assert.Equal(first, File.ReadAllBytes(_file));
    }

    [Fact]
    public void Only_the_owner_may_read_the_file_and_no_temporary_file_is_left()
    {
        _bench.WithIssuerRight().SetPin("0018", "1234");

        Assert.Equal(["card.json"], Directory.GetFiles(_folder).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file));
    }

    [Fact]
    public void A_change_that_cannot_be_stored_has_not_happened_and_is_not_answered()
    {
        _bench.WithIssuerRight();
        Directory.CreateDirectory(_file + ".new");

        Assert.ThrowsAny<Exception>(() => _bench.SetPin("0018", "1234"));

        Directory.Delete(_file + ".new");
        Assert.Equal("63C0", _bench.At("0018").TriesLeft());
    }

    [Fact]
    public void A_card_is_never_overwritten_by_a_new_one() =>
        Assert.Throws<IOException>(() => SoftCard.Manufacture(CardBench.Order, _file));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"Pins\":{\"Signature\":{\"Value\":\"SECRET7\",\"TriesLeft\":\"x\"}}}")]
    public void A_file_that_is_no_card_is_refused_without_quoting_it(string content)
    {
        File.WriteAllText(_file, content);

        var refusal = Assert.Throws<InvalidDataException>(() => SoftCard.Load(_file));

        Assert.DoesNotContain("SECRET7", refusal.ToString(), StringComparison.Ordinal);
    }

    private byte[] UserAuthenticationCertificate() => _bench.In(CardBench.Jpki).Read("000A");

    private bool KeyBelongsTo(byte[] certificate)
    {
        Assert.Equal("9000", _bench.In(CardBench.Jpki).At("0018").Verify("1234"));
        var hash = System.Security.Cryptography.SHA256.HashData("check"u8);
        var signature = _bench.At("0017").Send("802A0080", [.. CardBench.Bytes("3031300D060960864801650304020105000420"), .. hash], "00");
        using var key = certificate.PublicKey();
        return key.VerifyHash(hash, signature.Data, System.Security.Cryptography.HashAlgorithmName.SHA256,
            System.Security.Cryptography.RSASignaturePadding.Pkcs1);
    }

    /// <summary>Renews the user authentication pair, and pulls the card after so many commands.</summary>
    private void Renew(int pullAfter, ref byte[]? next)
    {
        var left = pullAfter;
        Reply Send(string hex, byte[]? data = null) => left-- > 0 ? _bench.Send(hex, data) : throw new CardPulledException();
        try
        {
            Send("00A4040C0A" + CardBench.Jpki);
            Send("80A200C1", TestTerminal.Certificate());
            Send("00820096", TestTerminal.AnswerTo(Send("0084000010").Data));
            Send(CardBench.GenerateUserAuthentication);
            byte[] template = [.. Send("00C0000000").Data, .. Send("00C000000E").Data];
            next = CardBench.Certify(new() { Modulus = template[9..265], Exponent = template[^3..] }, 7);
            Send("00A4020C02000A");
            for (var offset = 0; offset < next.Length; offset += 200)
                Send("00D6" + offset.ToString("X4", null), next[offset..Math.Min(offset + 200, next.Length)]);
            Send("0044000002000A");
        }
        catch (CardPulledException)
        {
            // As planned.
        }
        _bench.PullAndReload();
    }

    private sealed class CardPulledException : Exception;
}
