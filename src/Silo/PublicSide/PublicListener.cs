using Jpki.Grains;
using Jpki.Pki.Keys;
using Jpki.Silo.Configuration;
using Jpki.Silo.Revocation;

namespace Jpki.Silo.PublicSide;

/// <summary>
/// 公開側: what relying parties fetch, on a listener of its own with a pipeline of its own. Nothing of the staff's API is mapped here, so no
/// Host header, path or mistake in a proxy can reach it from outside.
/// </summary>
/// <remarks>Plain HTTP: what is served is signed, and fetching a list must not need the verification it is fetched for (RFC 5280 8).</remarks>
public sealed class PublicListener(IServiceProvider services, SiloOptions options) : IHostedService, IAsyncDisposable
{
    // An OCSP request with many serial numbers is a few thousand octets.
    private const int LongestBody = 64 * 1024;

    private WebApplication? app;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Empty: the staff side's configuration must not add addresses or middleware to this one.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(options.Public.Urls).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestBody;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(services.GetRequiredService<ILoggerFactory>());

        app = builder.Build();
        Map(app);
        await app.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => app?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public ValueTask DisposeAsync() => app?.DisposeAsync() ?? ValueTask.CompletedTask;

    private void Map(IEndpointRouteBuilder routes)
    {
        var pki = routes.MapGroup("/pki");
        pki.MapAuthorityCertificates(services.GetRequiredService<Authorities>(), services.GetRequiredService<ICivilClock>());
        pki.MapRevocationLists(ActivatorUtilities.CreateInstance<RevocationListDoor>(services));
        pki.MapOcsp(services.GetRequiredService<OcspDesk>());
        services.GetRequiredService<AuditLog>().Map(routes);
    }
}
