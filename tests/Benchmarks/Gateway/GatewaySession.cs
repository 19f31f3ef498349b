using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Apdu.Commands;
using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Cards;
using Jpki.Counter.Gateway.PcSc;
using Jpki.VirtualCard;
using Jpki.VirtualCard.Keys;
using Jpki.VirtualCard.Readers;

namespace Jpki.Benchmarks.Gateway;

/// <summary>A whole visit to a card as the gateway makes it, beside its own octets sent past all of the gateway.</summary>
internal sealed class GatewaySession : Measure
{
    private const string ReaderName = "Virtual Reader (simulated)";
    private const string Reader = $"{ReaderName} 1 00 00";
    private const int FirstPort = 24_500;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly DateTimeOffset NotBefore = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly List<byte[]> _sent = [];
    private readonly TerminalAuthority _authority = TerminalAuthority.Create();
    private readonly RsaKeyPool _keys = new(capacity: 1);
    private readonly Pin _pin = Pin.TryCreate("1234", out var pin) ? pin : throw new InvalidOperationException("1234 is a PIN.");
    private PrivatePcscd? _daemon;
    private VpcdConnection? _card;
    private bool _isRecording;

    public override string Name => "gateway-session";

    public override string Unit => "ms";

    public override string Note =>
        "A card in software behind a real pcscd. Ours: card taken, application selected, PIN verified, certificate read, a signature, card reset and let go, by the "
        + "gateway's session and applets. Baseline: the very same octets by SCardTransmit, between SCardEstablishContext, SCardConnect and a reset, and nothing else.";

    public override Bar Bar { get; } = new Bar.RatioAtMost(1.2);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        var folder = stage.Folder("counter");
        _daemon = await PrivatePcscd.StartAsync(new PcscdOptions
        {
            Readers = 1,
            FirstPort = PrivatePcscd.FindFreePorts(1, FirstPort),
            Folder = Path.Combine(folder, "pcscd"),
            ReaderName = ReaderName,
        }, cancellation);
        PcScEnvironment.UseSocket(_daemon.SocketPath);
        var card = SoftCard.Manufacture(
            new CardOrder(
                "000000000000001", "13207", new DateOnly(2031, 4, 5), _authority.PublicKey,
                new VirtualCard.FaceAttributes("公的 花子", "東京都昭島市田中町一丁目17番1号", new DateOnly(1990, 4, 5), '2')),
            keys: _keys);
        _card = await VpcdConnection.InsertAsync(card, new VpcdOptions { Port = _daemon.Ports[0], Tamper = Listen }, cancellation);
        await PersonaliseAsync(folder, cancellation);
        _isRecording = true;
        await VisitAsync(cancellation);
        _isRecording = false;
    }

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) => MeanAsync(round, () => VisitAsync(cancellation));

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) => await MeanAsync(round, () =>
    {
        RawCard.Visit(Reader, _sent);
        return Task.CompletedTask;
    });

    public override async ValueTask DisposeAsync()
    {
        if (_card is not null)
            await _card.DisposeAsync();
        if (_daemon is not null)
            await _daemon.DisposeAsync();
        await _keys.DisposeAsync();
        _authority.Dispose();
        _pin.Dispose();
        await base.DisposeAsync();
    }

    private static async Task<double> MeanAsync(Round round, Func<Task> visit)
    {
        var clock = Stopwatch.StartNew();
        var visits = 0;
        for (; clock.Elapsed < round.Length; visits++)
            await visit();
        return clock.Elapsed.TotalMilliseconds / visits;
    }

    private TamperDecision Listen(int index, ReadOnlyMemory<byte> apdu)
    {
        if (_isRecording)
            _sent.Add(apdu.ToArray());
        return TamperDecision.LetPass;
    }

    private async Task VisitAsync(CancellationToken cancellation)
    {
        await using var session = await OpenAsync(cancellation);
        var jpki = await Of(session.SelectJpkiAsync(cancellation));
        if (await Of(jpki.Pin(JpkiSlot.UserAuthentication).VerifyAsync(_pin, cancellation)) is not PinVerification.Verified)
            throw new InvalidOperationException("The card does not take its PIN.");
        await Of(jpki.ReadCertificateAsync(JpkiSlot.UserAuthentication, cancellation));
        await Of(jpki.SignAsync(JpkiSlot.UserAuthentication, DigestInfo.Sha256("確定申告書"u8), cancellation));
    }

    private async Task PersonaliseAsync(string folder, CancellationToken cancellation)
    {
        var (key, proof) = (Path.Combine(folder, "terminal.pem"), Path.Combine(folder, "terminal.cert"));
        FileTerminal.Provision(_authority, "COUNTER-1", new DateOnly(2099, 12, 31), key, proof);
        using var terminal = FileTerminal.Load(key, proof);
        await using var session = await OpenOncePresentAsync(cancellation);
        var jpki = await Of(session.SelectJpkiAsync(cancellation));
        var personalisation = await Of(jpki.AuthenticateTerminalAsync(terminal, cancellation));
        await Of(jpki.Pin(JpkiSlot.UserAuthentication).SetAsync(_pin, cancellation));
        var publicKey = await Of(personalisation.GenerateKeyPairAsync(JpkiSlot.UserAuthentication, cancellation));
        var certificate = CertificateOf(publicKey);
        await Of(personalisation.WriteCertificateAsync(JpkiSlot.UserAuthentication, certificate, cancellation));
        await Of(personalisation.WriteAuthorityCertificateAsync(JpkiSlot.UserAuthentication, certificate, cancellation));
        await Of(personalisation.ActivateAsync(JpkiSlot.UserAuthentication, cancellation));
    }

    /// <summary>About as long as a real one; nobody looks into it here.</summary>
    private static byte[] CertificateOf(byte[] publicKey)
    {
        using var issuer = RSA.Create(2048);
        var own = new CertificateRequest("CN=benchmark", issuer, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        own.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = own.CreateSelfSigned(NotBefore, NotBefore.AddYears(10));
        var request = new CertificateRequest(
            new X500DistinguishedName("CN=card"), PublicKey.CreateFromSubjectPublicKeyInfo(publicKey, out _), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(authority, NotBefore, NotBefore.AddYears(5), [1]);
        return certificate.RawData;
    }

    /// <summary>The daemon looks now and then whether a card has come.</summary>
    private static async Task<CardSession> OpenOncePresentAsync(CancellationToken cancellation)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Patience; await Task.Delay(Pause, cancellation))
        {
            if ((await CardSession.OpenAsync(Reader, new CardSessionOptions { Patience = Patience }, cancellation)).TryGet(out var session, out _))
                return session;
        }

        throw new NotAvailableException("The card in software was not seen by pcscd.");
    }

    private static Task<CardSession> OpenAsync(CancellationToken cancellation) =>
        Of(CardSession.OpenAsync(Reader, new CardSessionOptions { Patience = Patience }, cancellation));

    private static async Task<T> Of<T>(Task<CardResult<T>> step) =>
        (await step).TryGet(out var value, out var failure) ? value : throw new InvalidOperationException($"The card: {failure.GetType().Name}.");
}
