using System.Globalization;
using Jpki.Domain;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Outside;

/// <summary>Who opens the connection for the holder.</summary>
public enum LoginClient
{
    GnuTls,
    OpenSsl,
}

/// <summary>
/// TLS clients whose private key stays on the card. The card pads by itself, by PKCS#1 v1.5 (RFC 8017 8.2), and OpenSC offers nothing else:
/// neither RSA-PSS nor bare RSA. TLS 1.3 wants RSA-PSS of an RSA key (RFC 8446 4.2.3), so they log in by TLS 1.2 with rsa_pkcs1_sha256.
/// </summary>
internal static class LoginClients
{
    private const string Request = "GET / HTTP/1.0\r\n\r\n";
    private const string PinVariable = "CARD_PIN";

    /// <summary>Asks a server for its page, showing a certificate and proving it with the card.</summary>
    public static Task<ProgramEnd> LogInAsync(this HolderCard card, LoginClient client, CertificateKind kind, LoginServer server) => client switch
    {
        LoginClient.GnuTls => card.LogInByGnuTlsAsync(kind, server, "NORMAL:-VERS-ALL:+VERS-TLS1.2"),
        LoginClient.OpenSsl => card.LogInByOpenSslAsync(kind, server),
        _ => throw new ArgumentOutOfRangeException(nameof(client)),
    };

    /// <param name="priorities">GnuTLS's words for what it may negotiate.</param>
    public static Task<ProgramEnd> LogInByGnuTlsAsync(this HolderCard card, CertificateKind kind, LoginServer server, string priorities)
    {
        var environment = card.AtReader;
        environment["GNUTLS_PIN"] = card.Pin(kind);
        string[] arguments =
        [
            "--priority", priorities, "--provider", Pkcs11.Module,
            "--x509keyfile", Pkcs11.KeyOf(kind), "--x509certfile", card.CertificateFile(kind),
            "--x509cafile", server.CertificateFile, "--verify-hostname", LoginServer.Name,
            "--port", server.Port.ToString(CultureInfo.InvariantCulture), "127.0.0.1",
        ];
        return OutsideProgram.RunAsync("gnutls-cli", arguments, environment, Request);
    }

    private static async Task<ProgramEnd> LogInByOpenSslAsync(this HolderCard card, CertificateKind kind, LoginServer server)
    {
        var configuration = card.In("engine.cnf");
        await File.WriteAllTextAsync(configuration, Engine, TestContext.Current.CancellationToken);
        var environment = card.AtReader;
        environment["OPENSSL_CONF"] = configuration;
        environment[PinVariable] = card.Pin(kind);
        string[] arguments =
        [
            // Asked for PKCS#1 v1.5 in so many words: the engine takes on RSA-PSS and fails at it.
            "s_client", "-quiet", "-tls1_2", "-sigalgs", "RSA+SHA256",
            "-engine", "pkcs11", "-keyform", "engine", "-key", Pkcs11.KeyOf(kind), "-pass", $"env:{PinVariable}", "-cert", card.CertificateFile(kind),
            "-CAfile", server.CertificateFile, "-verify_return_error", "-verify_hostname", LoginServer.Name,
            "-connect", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{server.Port}"),
        ];
        return await OutsideProgram.RunAsync("openssl", arguments, environment, Request);
    }

    private static string Engine => $"""
        openssl_conf = openssl_init
        [openssl_init]
        engines = engines
        [engines]
        pkcs11 = pkcs11
        [pkcs11]
        engine_id = pkcs11
        MODULE_PATH = {Pkcs11.Module}
        init = 0
        """;
}
