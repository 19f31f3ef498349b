using Jpki.Ledger.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jpki.Ledger.Statistics;

/// <summary>The statistics in a container.</summary>
public static class StatisticsServices
{
    /// <summary>Adds <see cref="StatisticsViews"/> and the follower that keeps them, to a container with the ledger.</summary>
    public static IServiceCollection AddStatistics(this IServiceCollection services, Action<StatisticsOptions>? configure = null)
    {
        var options = new StatisticsOptions();
        configure?.Invoke(options);
        services.AddSingleton(provider => new Incidents(
            provider.GetRequiredService<LedgerStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<Incidents>>()));
        services.AddSingleton(provider => new StatisticsViews(
            provider.GetRequiredService<LedgerStore>(), provider.GetRequiredService<Incidents>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<IHostedService>(provider => new StatisticsFollower(
            provider.GetRequiredService<LedgerStore>(),
            new LedgerHorizon(provider.GetRequiredService<LedgerStore>()),
            provider.GetRequiredService<Incidents>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<StatisticsFollower>>()));
    }
}
