using System.Globalization;
using Jpki.Domain.Identifiers;
using Jpki.Silo.Api;
using Jpki.Silo.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jpki.Benchmarks.Stages;

/// <summary>The back office within this process, put together as its own program does, to call what has no door to the outside.</summary>
internal sealed class HostedSilo : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _residents;

    private HostedSilo(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Starts it; ready when it returns.</summary>
    public static async Task<HostedSilo> StartAsync(string folder, string connectionString, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(SiloOptions).Assembly.GetName().Name,
            EnvironmentName = Environments.Development,
        });
        builder.Configuration.AddInMemoryCollection(BenchSilo.Settings(folder, connectionString, BenchSilo.FreePorts(4))
            .Select(each => KeyValuePair.Create(each.Key, (string?)each.Value)));
        builder.Limit();
        builder.AddTownHall(builder.Configuration.Get<SiloOptions>()!);
        var app = builder.Build();
        app.MapTownHall();
        await app.StartAsync(cancellation);
        return new(app);
    }

    /// <summary>A resident nobody has heard of.</summary>
    public ResidentId NewResident() =>
        ResidentId.Parse(string.Create(CultureInfo.InvariantCulture, $"{BenchSilo.CityHall[..5]}-{Interlocked.Increment(ref _residents):D8}"));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
