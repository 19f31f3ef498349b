using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Apdu.Commands;
using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Cards;
using Jpki.Counter.Gateway.Tests.Support;

namespace Jpki.Counter.Gateway.Tests.Readers;

/// <summary>Whole procedures with a card in a reader of a real PC/SC daemon.</summary>
[Collection(VirtualCounterTests.Name)]
public sealed class IssuanceTests(VirtualCounter counter) : IDisposable
{
    private readonly TestIssuer _issuer = new();
    private readonly Pin _signaturePin = Expect.Pin("ABC123");
    private readonly Pin _authenticationPin = Expect.Pin("1234");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "S3")]
    public async Task A_blank_card_gets_both_certificates_and_signs_with_them()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        await using var session = await VirtualCounter.OpenAsync(0).Success();
        Assert.Equal(new JpkiPresence(false, false), await (await session.SelectJpkiAsync(Now).Success()).ReadPresenceAsync(Now).Success());

        var signature = await _issuer.IssueAsync(session, counter.Terminal, JpkiSlot.Signature, _signaturePin, Now).Success();
        var authentication = await _issuer.IssueAsync(
            session, counter.Terminal, JpkiSlot.UserAuthentication, _authenticationPin, Now).Success();

        var jpki = await session.SelectJpkiAsync(Now).Success();
        Assert.Equal(new JpkiPresence(true, true), await jpki.ReadPresenceAsync(Now).Success());
        Assert.Equal(authentication, await jpki.ReadCertificateAsync(JpkiSlot.UserAuthentication, Now).Success());
        await jpki.ReadCertificateAsync(JpkiSlot.Signature, Now).RefusedWith(StatusWord.SecurityStatusNotSatisfied);
        Assert.IsType<PinVerification.Verified>(await jpki.Pin(JpkiSlot.Signature).VerifyAsync(_signaturePin, Now).Success());
        Assert.Equal(signature, await jpki.ReadCertificateAsync(JpkiSlot.Signature, Now).Success());
        Assert.Equal(_issuer.Certificate, await jpki.ReadAuthorityCertificateAsync(JpkiSlot.Signature, Now).Success());

        var signed = await jpki.SignAsync(JpkiSlot.Signature, DigestInfo.Sha256("確定申告書"u8), Now).Success();
        using var certificate = X509CertificateLoader.LoadCertificate(signature);
        using var publicKey = certificate.GetRSAPublicKey()!;
        Assert.True(publicKey.VerifyData("確定申告書"u8, signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task The_request_a_card_signs_proves_the_pending_key_and_no_other()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        await using var session = await VirtualCounter.OpenAsync(0).Success();
        var jpki = await session.SelectJpkiAsync(Now).Success();
        var issuer = await jpki.AuthenticateTerminalAsync(counter.Terminal, Now).Success();
        await jpki.Pin(JpkiSlot.UserAuthentication).SetAsync(_authenticationPin, Now).Success();
        var publicKey = await issuer.GenerateKeyPairAsync(JpkiSlot.UserAuthentication, Now).Success();
        await jpki.Pin(JpkiSlot.UserAuthentication).VerifyAsync(_authenticationPin, Now).Success();

        var request = await RequestAsync(issuer, publicKey).Success();

        var read = CertificateRequest.LoadSigningRequest(request, HashAlgorithmName.SHA256);
        Assert.Equal(publicKey, read.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal("CN=13207-0000001", read.SubjectName.Name);
        using var other = RSA.Create(2048);
        var forged = await RequestAsync(issuer, other.ExportSubjectPublicKeyInfo()).Success();
        Assert.Throws<CryptographicException>(() => CertificateRequest.LoadSigningRequest(forged, HashAlgorithmName.SHA256));
    }

    [Fact]
    [Trait("Rule", "S27")]
    public async Task A_forgotten_PIN_is_counted_down_blocked_and_set_anew()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        await using var session = await VirtualCounter.OpenAsync(0).Success();
        await _issuer.IssueAsync(session, counter.Terminal, JpkiSlot.UserAuthentication, _authenticationPin, Now).Success();
        var jpki = await session.SelectJpkiAsync(Now).Success();
        var pin = jpki.Pin(JpkiSlot.UserAuthentication);
        using var wrong = Expect.Pin("9999");

        Assert.Equal(3, await pin.ReadTriesLeftAsync(Now).Success());
        Assert.Equal(new PinVerification.Wrong(2), await pin.VerifyAsync(wrong, Now).Success());
        Assert.Equal(new PinVerification.Wrong(1), await pin.VerifyAsync(wrong, Now).Success());
        Assert.Equal(new PinVerification.Blocked(), await pin.VerifyAsync(wrong, Now).Success());
        Assert.Equal(new PinVerification.Blocked(), await pin.VerifyAsync(_authenticationPin, Now).Success());
        Assert.Equal(0, await pin.ReadTriesLeftAsync(Now).Success());

        await pin.SetAsync(wrong, Now).Success();
        Assert.Equal(new PinVerification.Verified(), await pin.ChangeAsync(wrong, _authenticationPin, Now).Success());
        Assert.Equal(new PinVerification.Verified(), await pin.VerifyAsync(_authenticationPin, Now).Success());
        await pin.SetAsync(_signaturePin, Now).RefusedWith(StatusWord.WrongData);
    }

    [Fact]
    [Trait("Rule", "S28")]
    public async Task The_cards_other_PINs_are_set_in_the_same_visit()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        await using var session = await VirtualCounter.OpenAsync(0).Success();
        var jpki = await session.SelectJpkiAsync(Now).Success();
        await jpki.AuthenticateTerminalAsync(counter.Terminal, Now).Success();

        var face = await session.SelectCardFaceAsync(Now).Success();
        await face.Pin.SetAsync(_authenticationPin, Now).Success();
        Assert.Equal(new PinVerification.Verified(), await face.Pin.VerifyAsync(_authenticationPin, Now).Success());
        var register = await session.SelectBasicRegisterAsync(Now).Success();
        await register.Pin.SetAsync(_authenticationPin, Now).Success();
        Assert.Equal(new PinVerification.Verified(), await register.Pin.VerifyAsync(_authenticationPin, Now).Success());
    }

    [Fact]
    [Trait("Rule", "S25")]
    public async Task The_card_face_is_read_with_its_PIN_and_brought_up_to_date()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        await using var session = await VirtualCounter.OpenAsync(0).Success();
        await (await session.SelectJpkiAsync(Now).Success()).AuthenticateTerminalAsync(counter.Terminal, Now).Success();
        var face = await session.SelectCardFaceAsync(Now).Success();
        await face.Pin.SetAsync(_authenticationPin, Now).Success();
        await face.ReadAttributesAsync(Now).RefusedWith(StatusWord.SecurityStatusNotSatisfied);
        await face.Pin.VerifyAsync(_authenticationPin, Now).Success();
        var before = await face.ReadAttributesAsync(Now).Success();

        var after = before with { Address = "東京都昭島市昭和町二丁目4番" };
        await face.WriteAttributesAsync(after, Now).Success();

        await face.Pin.VerifyAsync(_authenticationPin, Now).Success();
        Assert.Equal("公的 花子", before.Name);
        Assert.Equal(after, await face.ReadAttributesAsync(Now).Success());
    }

    [Fact]
    public async Task The_card_tells_who_it_is()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        await using var session = await VirtualCounter.OpenAsync(0).Success();

        var token = await (await session.SelectJpkiAsync(Now).Success()).ReadTokenInfoAsync(Now).Success();
        var record = await (await session.SelectCommonAsync(Now).Success()).ReadRecordAsync(Now).Success();

        Assert.Equal("JPKIAPICCTOKEN2", token.Label);
        Assert.Equal(session.Serial, token.Serial);
        Assert.Equal(new CommonRecord(session.Serial, "13207", new DateOnly(2031, 4, 5)), record);
    }

    [Fact]
    public async Task Clearing_takes_the_certificate_off_the_card_and_may_be_repeated()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        await using var session = await VirtualCounter.OpenAsync(0).Success();
        await _issuer.IssueAsync(session, counter.Terminal, JpkiSlot.UserAuthentication, _authenticationPin, Now).Success();
        var jpki = await session.SelectJpkiAsync(Now).Success();
        var issuer = await jpki.AuthenticateTerminalAsync(counter.Terminal, Now).Success();

        await issuer.ClearAsync(JpkiSlot.UserAuthentication, Now).Success();
        await issuer.ClearAsync(JpkiSlot.UserAuthentication, Now).Success();

        Assert.False((await jpki.ReadPresenceAsync(Now).Success()).Holds(JpkiSlot.UserAuthentication));
        await jpki.ReadCertificateAsync(JpkiSlot.UserAuthentication, Now).RefusedWith(StatusWord.FileNotFound);
    }

    [Fact]
    public async Task A_terminal_the_card_does_not_know_gets_no_right()
    {
        using var stranger = counter.Stranger();
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        await using var session = await VirtualCounter.OpenAsync(0).Success();
        var jpki = await session.SelectJpkiAsync(Now).Success();

        await jpki.AuthenticateTerminalAsync(stranger, Now).RefusedWith(StatusWord.AuthenticationFailed);
        await jpki.Pin(JpkiSlot.Signature).SetAsync(_signaturePin, Now).RefusedWith(StatusWord.SecurityStatusNotSatisfied);
    }

    [Fact]
    public async Task Two_cards_are_personalised_at_the_same_time()
    {
        await using var first = await counter.InsertAsync(counter.BlankCard(), 0);
        await using var second = await counter.InsertAsync(counter.BlankCard(), 1);
        await using var firstSession = await VirtualCounter.OpenAsync(0).Success();
        await using var secondSession = await VirtualCounter.OpenAsync(1).Success();

        await Task.WhenAll(
            _issuer.IssueAsync(firstSession, counter.Terminal, JpkiSlot.UserAuthentication, _authenticationPin, Now).Success(),
            _issuer.IssueAsync(secondSession, counter.Terminal, JpkiSlot.UserAuthentication, _authenticationPin, Now).Success());

        Assert.NotEqual(firstSession.Serial, secondSession.Serial);
        Assert.NotEqual(await ReadAsync(firstSession), await ReadAsync(secondSession));
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _signaturePin.Dispose();
        _authenticationPin.Dispose();
    }

    private static async Task<byte[]> ReadAsync(CardSession session) =>
        await (await session.SelectJpkiAsync(Now).Success()).ReadCertificateAsync(JpkiSlot.UserAuthentication, Now).Success();

    private static Task<CardResult<byte[]>> RequestAsync(JpkiPersonalisation issuer, byte[] publicKey) =>
        CertificationRequest.CreateAsync(issuer, JpkiSlot.UserAuthentication, publicKey, "13207-0000001", Now);
}
