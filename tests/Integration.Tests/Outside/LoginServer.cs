using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Outside;

/// <summary>Who asks for the certificate.</summary>
public enum LoginSite
{
    OpenSsl,
    Kestrel,
}

/// <summary>Whom a server lets in.</summary>
/// <param name="AuthoritiesFile">The authorities it trusts, PEM.</param>
/// <param name="At">The time by which it verifies.</param>
/// <param name="Policy">The certificate policy it requires, or null for any.</param>
internal sealed record LoginRules(string AuthoritiesFile, DateTimeOffset At, string? Policy = null);

/// <summary>サービス提供者: a site that lets in only who shows a certificate good for a TLS client, and greets by its subject.</summary>
internal abstract class LoginServer : IAsyncDisposable
{
    /// <summary>The name in its own certificate.</summary>
    public const string Name = "login.example.test";

    private static readonly DateTimeOffset _since = TimeProvider.System.GetUtcNow().AddDays(-1);

    private readonly TemporaryFolder _folder = new();

    protected LoginServer()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(_since, _since.AddDays(30));
        File.WriteAllText(CertificateFile, certificate.ExportCertificatePem() + "\n");
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem() + "\n");
    }

    public string CertificateFile => _folder.In("server.pem");

    public abstract int Port { get; }

    /// <summary>Why it turned somebody away, in its own words.</summary>
    public abstract string Objections { get; }

    protected string KeyFile => _folder.In("server.key");

    public static async Task<LoginServer> OpenAsync(LoginSite site, LoginRules rules) => site switch
    {
        LoginSite.OpenSsl => await OpenSslServer.StartAsync(rules),
        LoginSite.Kestrel => await KestrelServer.StartAsync(rules),
        _ => throw new ArgumentOutOfRangeException(nameof(site)),
    };

    public virtual ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
