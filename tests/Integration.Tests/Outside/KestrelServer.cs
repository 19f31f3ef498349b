using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Jpki.Integration.Tests.Outside;

/// <summary>ASP.NET Core's own server, with the chain checked against the trusted authorities and nothing the machine trusts.</summary>
internal sealed class KestrelServer : LoginServer
{
    private static readonly Oid _clientAuthentication = new("1.3.6.1.5.5.7.3.2"); // RFC 5280 4.2.1.12

    private readonly LoginRules _rules;
    private readonly WebApplication _app;
    private volatile string _objections = "";

    private KestrelServer(LoginRules rules)
    {
        _rules = rules;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = X509Certificate2.CreateFromPemFile(CertificateFile, KeyFile),
                SslProtocols = SslProtocols.Tls12,
                ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (certificate, _, _) => IsWelcome(certificate),
            })));
        _app = builder.Build();
        _app.Run(http => http.Response.WriteAsync($"Welcome, {http.Connection.ClientCertificate!.Subject}"));
    }

    public override int Port => new Uri(_app.Urls.Single()).Port;

    public override string Objections => _objections;

    public static async Task<KestrelServer> StartAsync(LoginRules rules)
    {
        var server = new KestrelServer(rules);
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public override async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await base.DisposeAsync();
    }

    private bool IsWelcome(X509Certificate2 certificate)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationTime = _rules.At.UtcDateTime,
            },
        };
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(_rules.AuthoritiesFile);
        chain.ChainPolicy.ApplicationPolicy.Add(_clientAuthentication);
        if (_rules.Policy is { } policy)
            chain.ChainPolicy.CertificatePolicy.Add(new Oid(policy));
        var welcome = chain.Build(certificate);
        _objections = string.Join(", ", chain.ChainStatus.Select(each => each.Status));
        return welcome;
    }
}
