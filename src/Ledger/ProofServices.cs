using Jpki.Ledger.Proofs;
using Jpki.Ledger.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jpki.Ledger;

/// <summary>The record's proofs in a container.</summary>
public static class ProofServices
{
    /// <summary>
    /// Adds <see cref="AuditTree"/>, <see cref="AuditExport"/>, <see cref="ResidentForgetting"/>, <see cref="ProofWatch"/> and the follower that makes leaves and has checkpoints
    /// signed, to a container with the ledger and an <see cref="ICheckpointSigner"/>.
    /// </summary>
    public static IServiceCollection AddProofs(this IServiceCollection services, Action<ProofOptions>? configure = null)
    {
        var options = new ProofOptions();
        configure?.Invoke(options);
        services.AddSingleton(provider => new AuditTree(provider.GetRequiredService<LedgerStore>()));
        services.AddSingleton(provider => new AuditExport(provider.GetRequiredService<LedgerStore>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new ResidentForgetting(
            provider.GetRequiredService<LedgerStore>(), provider.GetRequiredService<ResidentLedger>()));
        services.AddSingleton(provider => new ProofWatch(
            provider.GetRequiredService<LedgerStore>(), provider.GetRequiredService<ICheckpointSigner>(), options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<ProofWatch>());
        return services.AddSingleton<IHostedService>(provider => new TreeFollower(
            provider.GetRequiredService<LedgerStore>(),
            provider.GetRequiredService<AuditTree>(),
            provider.GetRequiredService<ICheckpointSigner>(),
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TreeFollower>>()));
    }
}
