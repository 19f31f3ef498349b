using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Domain.Json;
using Jpki.Integration.Tests.Support;
using Jpki.Silo.Api;

namespace Jpki.Integration.Tests.Revocation;

/// <summary>A relying party: OpenSSL with the authority's certificate, which it fetched from the public side.</summary>
internal sealed class OpenSslClient : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TownHall _hall;
    private readonly HttpClient _public;

    public OpenSslClient(TownHall hall) => (_hall, _public) = (hall, new() { BaseAddress = hall.Silo.PublicAddress });

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>Fetches the authority's certificate and takes a certificate of its.</summary>
    public async Task TakeAsync(CertificateKind kind, byte[] certificate)
    {
        Write(Issuer(kind), await _public.GetByteArrayAsync($"ca/{kind.PathName()}.cer", Now));
        Write(Subject(kind), certificate);
    }

    /// <summary>Asks with a nonce; the answer must verify under the authority at the played time.</summary>
    /// <returns>What OpenSSL says.</returns>
    public Task<string> AskAsync(CertificateKind kind) => RunAsync(kind, "-cert", Subject(kind));

    public Task<string> AskAsync(CertificateKind kind, string serial) => RunAsync(kind, "-serial", serial);

    /// <summary>The request without a nonce, as OpenSSL writes it.</summary>
    public async Task<byte[]> RequestAsync(CertificateKind kind)
    {
        var file = _folder.In("request.der");
        await OpenSslAsync(["ocsp", "-issuer", Issuer(kind), "-cert", Subject(kind), "-no_nonce", "-reqout", file]);
        return await File.ReadAllBytesAsync(file, Now);
    }

    public void Dispose()
    {
        _public.Dispose();
        _folder.Dispose();
    }

    private async Task<string> RunAsync(CertificateKind kind, params string[] about)
    {
        var clock = await _hall.Line("auditor").GetFromJsonAsync<ClockView>("clock", Contract.Options, Now);
        var text = await OpenSslAsync(
        [
            "ocsp", "-issuer", Issuer(kind), .. about, "-nonce", "-url", new Uri(_hall.Silo.PublicAddress, "ocsp").AbsoluteUri, "-CAfile", Issuer(kind),
            // The town hall plays a day of the past, so OpenSSL is told which.
            "-attime", (clock!.Now.ToUnixTimeSeconds() + 1).ToString(CultureInfo.InvariantCulture), "-validity_period", "1000000000",
        ]);
        Assert.Contains("Response verify OK", text, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", text, StringComparison.Ordinal);
        return text;
    }

    private static async Task<string> OpenSslAsync(string[] arguments)
    {
        // It says whether a response verifies among its errors.
        var end = await OutsideProgram.RunAsync("openssl", arguments);
        Assert.True(end.ExitCode == 0, end.Errors + end.Output);
        return end.Output + end.Errors;
    }

    private string Issuer(CertificateKind kind) => _folder.In($"{kind}-issuer.pem");

    private string Subject(CertificateKind kind) => _folder.In($"{kind}.pem");

    private static void Write(string file, byte[] certificate) => File.WriteAllText(file, PemEncoding.WriteString("CERTIFICATE", certificate));
}
