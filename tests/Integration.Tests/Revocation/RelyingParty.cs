using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Jpki.Domain;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Revocation;

/// <summary>A list as OpenSSL read it, its signature verified.</summary>
/// <param name="Entries">Reason by serial number, lower-case hexadecimal.</param>
internal sealed record ReadList(long Number, long? BaseNumber, IReadOnlyDictionary<string, string> Entries);

/// <summary>署名検証者: somebody outside, who knows the public addresses only.</summary>
internal sealed partial class RelyingParty(Uri publicAddress) : IDisposable
{
    private readonly HttpClient http = new() { BaseAddress = publicAddress, Timeout = TimeSpan.FromSeconds(15) };
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <summary>Where the lists of an authority for the municipality are, by the authority's own certificate.</summary>
    public async Task<string> PathAsync(CertificateKind kind, string suffix)
    {
        using var authority = X509CertificateLoader.LoadCertificate(await http.GetByteArrayAsync($"ca/{kind.PathName()}.cer", Now));
        var keyId = authority.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifier!;
        return $"crl/{kind.PathName()}/{keyId[..16].ToLowerInvariant()}/13207{suffix}";
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? etag = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (etag is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        return http.SendAsync(request, Now);
    }

    /// <summary>The list; none when it is not there (yet).</summary>
    public async Task<ReadList?> ReadAsync(CertificateKind kind, string suffix)
    {
        using var answer = await SendAsync(HttpMethod.Get, await PathAsync(kind, suffix));
        return answer.IsSuccessStatusCode ? Parse(await OpenSslAsync(kind, await answer.Content.ReadAsByteArrayAsync(Now))) : null;
    }

    /// <summary>Waits for a list that fits, as a relying party that fetches again and again.</summary>
    public async Task<ReadList> WaitForAsync(string what, CertificateKind kind, string suffix, Func<ReadList, bool> fits)
    {
        ReadList? seen = null;
        await Eventually.TrueAsync(what, async () => (seen = await ReadAsync(kind, suffix)) is { } list && fits(list));
        return seen!;
    }

    public void Dispose()
    {
        http.Dispose();
        folder.Dispose();
    }

    private async Task<string> OpenSslAsync(CertificateKind kind, byte[] list)
    {
        using var authority = X509CertificateLoader.LoadCertificate(await http.GetByteArrayAsync($"ca/{kind.PathName()}.cer", Now));
        await File.WriteAllTextAsync(folder.In("authority.pem"), authority.ExportCertificatePem(), Now);
        await File.WriteAllBytesAsync(folder.In("list.crl"), list, Now);
        using var openSsl = Process.Start(new ProcessStartInfo(
            "openssl", ["crl", "-inform", "DER", "-in", folder.In("list.crl"), "-noout", "-text", "-CAfile", folder.In("authority.pem")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (text, verdict) = (await openSsl.StandardOutput.ReadToEndAsync(Now), await openSsl.StandardError.ReadToEndAsync(Now));
        await openSsl.WaitForExitAsync(Now);
        Assert.Contains("verify OK", verdict, StringComparison.Ordinal);
        return text;
    }

    private static ReadList Parse(string text) => new(
        ParseNumber(Number().Match(text).Groups[1].Value),
        Base().Match(text) is { Success: true } match ? ParseNumber(match.Groups[1].Value) : null,
        Entry().Matches(text).ToDictionary(each => each.Groups[1].Value.ToLowerInvariant(), each => each.Groups[2].Value.Trim()));

    // OpenSSL prints small integers in decimal and hexadecimal: "7" in a list's extensions.
    private static long ParseNumber(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? long.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : long.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"X509v3 CRL Number:\s*(\S+)")]
    private static partial Regex Number();

    [GeneratedRegex(@"X509v3 Delta CRL Indicator: critical\s*(\S+)")]
    private static partial Regex Base();

    [GeneratedRegex(@"Serial Number: ([0-9A-F]+)\s+Revocation Date: [^\n]+\s+CRL entry extensions:\s+X509v3 CRL Reason Code:\s*([^\n]+)")]
    private static partial Regex Entry();
}
