using Jpki.Ledger.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jpki.Ledger;

/// <summary>The ledger in a container.</summary>
public static class LedgerServices
{
    /// <summary>
    /// Adds <see cref="ResidentLedger"/>, the <see cref="EvidenceStore"/> and the <see cref="LedgerHost"/> that opens it before other hosted services start.
    /// </summary>
    public static IServiceCollection AddLedger(this IServiceCollection services, Action<LedgerOptions> configure)
    {
        var options = new LedgerOptions();
        configure(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new LedgerStore(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IStreamWriter, SingleStreamWriter>();
        services.AddSingleton(provider =>
            new ResidentLedger(provider.GetRequiredService<LedgerStore>(), provider.GetRequiredService<IStreamWriter>()));
        services.AddSingleton(provider =>
            new EvidenceStore(provider.GetRequiredService<LedgerStore>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new LedgerImport(provider.GetRequiredService<LedgerStore>()));
        services.AddSingleton(provider => new CardReadings(provider.GetRequiredService<LedgerStore>()));
        services.AddSingleton(provider =>
            new LedgerHost(options, provider.GetRequiredService<LedgerStore>(), provider.GetRequiredService<ILogger<LedgerHost>>()));
        return services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LedgerHost>());
    }
}
