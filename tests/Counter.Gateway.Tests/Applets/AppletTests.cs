using System.Text;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Apdu.Commands;
using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Tests.Support;

namespace Jpki.Counter.Gateway.Tests.Applets;

public sealed class AppletTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Presence_is_told_for_each_certificate()
    {
        var card = new ScriptedCard(("00 A4 02 0C 02 0008", "9000"), ("00 B0 00 00 03", "8F0000 9000"));
        Assert.Equal(new JpkiPresence(Signature: true, UserAuthentication: false), await Jpki(card).ReadPresenceAsync(Now).Success());
    }

    [Fact]
    public async Task The_serial_is_read_from_the_token_information()
    {
        var card = new ScriptedCard(("00 A4 02 0C 02 0006", "9000"), ("00 B0 00 50 10", Hex("123456789012345 ") + "9000"));
        Assert.Equal("123456789012345", (await Jpki(card).ReadSerialAsync(Now).Success()).Value);
    }

    [Fact]
    public async Task A_certificate_ends_where_its_DER_ends_and_filler_is_not_read()
    {
        // 0130 bytes of content: 304 and the four of the header.
        var first = "3082 0130" + string.Concat(Enumerable.Repeat("11", 252));
        var card = new ScriptedCard(
            ("00 A4 02 0C 02 000A", "9000"),
            ("00 B0 00 00 00", first + "9000"),
            ("00 B0 01 00 34", string.Concat(Enumerable.Repeat("22", 52)) + "9000"));

        var certificate = await Jpki(card).ReadCertificateAsync(JpkiSlot.UserAuthentication, Now).Success();

        Assert.Equal(308, certificate.Length);
        Assert.Equal(0x22, certificate[^1]);
        card.AssertPlayed();
    }

    [Fact]
    public async Task A_short_certificate_is_cut_from_its_filler()
    {
        var card = new ScriptedCard(("00 A4 02 0C 02 0002", "9000"), ("00 B0 00 00 00", "3003 020101 FFFFFFFF 9000"));
        var certificate = await Jpki(card).ReadAuthorityCertificateAsync(JpkiSlot.Signature, Now).Success();
        Assert.Equal("3003020101", Convert.ToHexString(certificate));
    }

    [Theory]
    [InlineData("FFFFFFFF 9000")]
    [InlineData("9000")]
    [InlineData("30 9000")]
    [InlineData("3084 7FFFFFFF 9000")]
    [InlineData("3080 0000 9000")]
    public async Task What_does_not_begin_like_a_certificate_is_unreadable(string content)
    {
        var card = new ScriptedCard(("00 A4 02 0C 02 000A", "9000"), ("00 B0 00 00 00", content));
        await Jpki(card).ReadCertificateAsync(JpkiSlot.UserAuthentication, Now).Failure<CardFailure.UnreadableContent, byte[]>();
    }

    [Fact]
    public async Task A_certificate_that_ends_before_its_length_is_unreadable()
    {
        var card = new ScriptedCard(
            ("00 A4 02 0C 02 000A", "9000"), ("00 B0 00 00 00", "3082 0130 0000 9000"), ("00 B0 00 06 00", "9000"));
        await Jpki(card).ReadCertificateAsync(JpkiSlot.UserAuthentication, Now).Failure<CardFailure.UnreadableContent, byte[]>();
    }

    [Fact]
    public async Task The_old_PIN_wrong_leaves_the_new_one_unsent()
    {
        var card = new ScriptedCard(("00 A4 02 0C 02 0018", "9000"), ("00 20 00 80 04 31313131", "63C1"));
        using var current = Expect.Pin("1111");
        using var next = Expect.Pin("2222");

        Assert.Equal(
            new PinVerification.Wrong(1),
            await Jpki(card).Pin(JpkiSlot.UserAuthentication).ChangeAsync(current, next, Now).Success());
    }

    [Fact]
    public async Task A_certificate_is_written_in_pieces_of_at_most_255_bytes()
    {
        var card = new ScriptedCard(
            ("00 A4 02 0C 02 0001", "9000"),
            ("00 D6 00 00 FF" + string.Concat(Enumerable.Repeat("AB", 255)), "9000"),
            ("00 D6 00 FF 2D" + string.Concat(Enumerable.Repeat("AB", 45)), "9000"));
        var content = Enumerable.Repeat((byte)0xAB, 300).ToArray();

        await Personalisation(card).WriteCertificateAsync(JpkiSlot.Signature, content, Now).Success();

        card.AssertPlayed();
    }

    [Fact]
    public async Task Writing_stops_at_the_first_refusal()
    {
        var card = new ScriptedCard(
            ("00 A4 02 0C 02 0001", "9000"), ("00 D6 00 00 FF" + string.Concat(Enumerable.Repeat("AB", 255)), "6982"));
        await Personalisation(card).WriteCertificateAsync(JpkiSlot.Signature, Enumerable.Repeat((byte)0xAB, 300).ToArray(), Now)
            .RefusedWith(StatusWord.SecurityStatusNotSatisfied);
    }

    [Fact]
    public async Task Nothing_is_written_to_another_card()
    {
        var untouched = new ScriptedCard();
        var applet = new JpkiPersonalisation(
            untouched, new WriteGuard(_ => Task.FromResult<CardResult<Done>>(new CardFailure.CardChanged())));
        await applet.ActivateAsync(JpkiSlot.Signature, Now).Failure<CardFailure.CardChanged, Done>();
    }

    [Fact]
    public async Task A_generated_key_comes_as_SubjectPublicKeyInfo()
    {
        var modulus = "C1" + string.Concat(Enumerable.Repeat("5D", 255));
        var card = new ScriptedCard(("00 47 00 9A 05 AC03800107", $"7F49 82 0109 81 82 0100 {modulus} 82 03 010001 9000"));

        var info = await Personalisation(card).GenerateKeyPairAsync(JpkiSlot.Signature, Now).Success();

        using var rsa = System.Security.Cryptography.RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(info, out _);
        Assert.Equal(modulus, Convert.ToHexString(rsa.ExportParameters(false).Modulus!));
    }

    [Fact]
    public async Task A_key_that_is_none_is_unreadable()
    {
        var card = new ScriptedCard(("00 47 00 9A 05 AC03800107", "7F49 02 8100 9000"));
        await Personalisation(card).GenerateKeyPairAsync(JpkiSlot.Signature, Now).Failure<CardFailure.UnreadableContent, byte[]>();
    }

    [Fact]
    public async Task The_common_record_tells_serial_municipality_and_last_day()
    {
        var card = new ScriptedCard(
            ("00 A4 02 0C 02 0001", "9000"), ("00 B2 01 04 00", Hex("1234567890123451320720310405") + "9000"));

        var record = await new CommonApplet(card).ReadRecordAsync(Now).Success();

        Assert.Equal("123456789012345", record.Serial.Value);
        Assert.Equal(("13207", new DateOnly(2031, 4, 5)), (record.MunicipalityCode, record.ValidUntil));
    }

    [Fact]
    public void The_four_attributes_are_encoded_with_the_offsets_of_their_tags()
    {
        var attributes = new FaceAttributes("公的 花子", new string('町', 60), new DateOnly(1990, 2, 28), '2');

        var file = attributes.Encode();

        Assert.Equal("FF2081", Convert.ToHexString(file.AsSpan(0, 3)));
        Assert.Equal("DF2108", Convert.ToHexString(file.AsSpan(4, 3)));
        for (var i = 0; i < 4; i++)
        {
            var offset = (file[7 + (2 * i)] << 8) | file[8 + (2 * i)];
            Assert.Equal($"DF2{i + 2}", Convert.ToHexString(file.AsSpan(offset, 2)));
        }

        Assert.Equal(attributes, FaceAttributes.Parse(file).Value);
        Assert.Equal("FaceAttributes", attributes.ToString());
    }

    [Fact]
    public void Attributes_left_half_written_are_unreadable()
    {
        var file = new FaceAttributes("公的 花子", "昭島市", new DateOnly(1990, 2, 28), '2').Encode();
        Assert.IsType<CardFailure.UnreadableContent>(FaceAttributes.Parse(file.AsMemory(0, file.Length - 1)).Failure);
    }

    private static JpkiApplet Jpki(ScriptedCard card) => new(card, SameCard);

    private static JpkiPersonalisation Personalisation(ScriptedCard card) => new(card, new WriteGuard(SameCard));

    private static Task<CardResult<Done>> SameCard(CancellationToken cancellationToken) => Task.FromResult<CardResult<Done>>(default(Done));

    private static string Hex(string ascii) => Convert.ToHexString(Encoding.ASCII.GetBytes(ascii));
}
