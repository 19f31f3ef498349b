using System.Diagnostics;
using System.Globalization;
using Jpki.TownHall.Parts;

namespace Jpki.TownHall.Day;

/// <summary>
/// OpenSC and OpenSSL, which know nothing of this project: what they accept is not our own word for it. PINs go to them through the
/// environment, never on a command line that other users of the machine can read.
/// </summary>
internal sealed class OutsideTools(string folder, string pcscSocket)
{
    private const string PinVariable = "CARD_PIN";

    private static readonly string[] _modules =
        ["/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so", "/usr/lib/aarch64-linux-gnu/opensc-pkcs11.so", "/usr/lib/opensc-pkcs11.so"];

    public string PathOf(string name) => Path.Combine(folder, name);

    /// <summary>The name by which OpenSC knows the card in the first reader.</summary>
    public async Task<string> CardNameAsync(CancellationToken cancellationToken) =>
        (await OnCardAsync("opensc-tool", ["--reader", "0", "--name"], null, cancellationToken)).Output.Trim();

    /// <summary>True as soon as OpenSC sees a card in the first reader; false after ten seconds without.</summary>
    public async Task<bool> WaitForCardAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10))
        {
            if ((await OnCardAsync("opensc-tool", ["--reader", "0", "--atr"], null, cancellationToken)).Succeeded)
                return true;
        }

        return false;
    }

    /// <summary>Reads a certificate off the card into a PEM file. Id 1 is user authentication, 2 signature, which needs its PIN.</summary>
    public async Task<bool> ReadCertificateAsync(string id, string? pin, string file, CancellationToken cancellationToken)
    {
        string[] unlock = pin is null ? [] : ["--verify-pin", "--auth-id", id, "--pin", $"env:{PinVariable}"];
        var read = await OnCardAsync("pkcs15-tool", ["--reader", "0", .. unlock, "--read-certificate", id], pin, cancellationToken);
        if (!read.Succeeded || read.Output.IndexOf("-----BEGIN", StringComparison.Ordinal) is var begin && begin < 0)
            return false;

        await File.WriteAllTextAsync(PathOf(file), read.Output[begin..], cancellationToken);
        return true;
    }

    public async Task<bool> VerifyPinAsync(string id, string pin, CancellationToken cancellationToken) =>
        (await OnCardAsync("pkcs15-tool", ["--reader", "0", "--verify-pin", "--auth-id", id, "--pin", $"env:{PinVariable}"], pin, cancellationToken)).Succeeded;

    /// <summary>Signs a file with the card through OpenSC's PKCS#11 module.</summary>
    public async Task<bool> SignAsync(string id, string pin, string document, string signature, CancellationToken cancellationToken)
    {
        var module = _modules.FirstOrDefault(File.Exists) ?? throw new TownHallException("OpenSC's PKCS#11 module is missing (Debian package opensc-pkcs11).");
        string[] arguments =
        [
            "--module", module, "--slot-index", id == "1" ? "0" : "1", "--login", "--pin", $"env:{PinVariable}", "--sign", "--id", id,
            "--mechanism", "SHA256-RSA-PKCS", "--input-file", PathOf(document), "--output-file", PathOf(signature),
        ];
        return (await OnCardAsync("pkcs11-tool", arguments, pin, cancellationToken)).Succeeded;
    }

    /// <summary>Writes an authority's certificate as PEM.</summary>
    public async Task ConvertAsync(byte[] der, string pem, CancellationToken cancellationToken)
    {
        await File.WriteAllBytesAsync(PathOf($"{pem}.der"), der, cancellationToken);
        await OpenSslAsync(cancellationToken, "x509", "-inform", "DER", "-in", PathOf($"{pem}.der"), "-out", PathOf(pem));
    }

    /// <summary><c>openssl verify</c> at the time of the play.</summary>
    public async Task<bool> VerifyCertificateAsync(string authority, string certificate, DateTimeOffset at, string? purpose, CancellationToken cancellationToken)
    {
        string[] use = purpose is null ? [] : ["-purpose", purpose];
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return (await OpenSslAsync(
            cancellationToken, ["verify", "-x509_strict", "-attime", seconds, .. use, "-CAfile", PathOf(authority), PathOf(certificate)])).Succeeded;
    }

    /// <summary>Asks the responder that the certificate names, until <c>openssl ocsp</c> hears what is expected; false after five seconds.</summary>
    /// <param name="expected">Words of its output, e.g. <c>good</c> or <c>certificateHold</c>.</param>
    public async Task<bool> HearsOfAsync(string authority, string certificate, string expected, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // The play is on another day than the machine: OpenSSL judges answers by the machine's clock, so it is told to be generous about that alone.
        const string TenYears = "315360000";
        var address = (await OpenSslAsync(cancellationToken, "x509", "-in", PathOf(certificate), "-noout", "-ocsp_uri")).Output.Trim();
        string[] question =
        [
            "ocsp", "-issuer", PathOf(authority), "-cert", PathOf(certificate), "-url", address, "-CAfile", PathOf(authority),
            "-validity_period", TenYears, "-attime", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
        ];
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5))
        {
            var heard = await OpenSslAsync(cancellationToken, question);
            if (heard.Succeeded && heard.Output.Contains(expected, StringComparison.Ordinal) && heard.Error.Contains("verify OK", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary><c>openssl dgst -verify</c> with the certificate's key.</summary>
    public async Task<bool> VerifySignatureAsync(string certificate, string document, string signature, CancellationToken cancellationToken)
    {
        var key = PathOf($"{certificate}.pub");
        await OpenSslAsync(cancellationToken, "x509", "-in", PathOf(certificate), "-noout", "-pubkey", "-out", key);
        return (await OpenSslAsync(cancellationToken, "dgst", "-sha256", "-verify", key, "-signature", PathOf(signature), PathOf(document))).Succeeded;
    }

    private static Task<ToolResult> OpenSslAsync(CancellationToken cancellationToken, params string[] arguments) =>
        ChildProcess.RunAsync(ChildProcess.Tool("openssl", arguments), cancellationToken);

    private Task<ToolResult> OnCardAsync(string tool, string[] arguments, string? pin, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = ChildProcess.Tool(tool, arguments);
        start.Environment[VirtualCard.Readers.PrivatePcscd.SocketVariable] = pcscSocket;
        if (pin is not null)
            start.Environment[PinVariable] = pin;
        return ChildProcess.RunAsync(start, cancellationToken);
    }
}
