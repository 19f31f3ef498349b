using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Ledger.Proofs;
using Jpki.Silo.Configuration;
using Jpki.Silo.PublicSide;

namespace Jpki.Silo.Audit;

/// <summary>What keeps the record's proofs.</summary>
internal static class AuditServices
{
    public static void AddAudit(this IServiceCollection services, SiloOptions options)
    {
        services.AddSingleton(provider => new CheckpointKeys(options, provider.GetRequiredService<IMunicipalities>()));
        services.AddSingleton<ICheckpointSigner>(provider => provider.GetRequiredService<CheckpointKeys>());
        services.AddProofs(proofs => (proofs.CheckpointEvery, proofs.RefuseAfter) = (options.Audit.CheckpointEvery, options.Audit.RefuseAfter));
        services.AddSingleton(provider => new AuditLog(
            provider.GetRequiredService<AuditTree>(), provider.GetRequiredService<CheckpointKeys>(), options));
        services.AddHealthChecks().AddCheck<ProofHealth>("proofs");
        services.AddSingleton<IProofs>(provider => new WatchedProofs(provider.GetRequiredService<ProofWatch>()));
    }

    private sealed class WatchedProofs(ProofWatch watch) : IProofs
    {
        public bool AreKept => watch.AreKept;
    }
}
