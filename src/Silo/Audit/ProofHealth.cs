using Jpki.Ledger;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jpki.Silo.Audit;

/// <summary>Not ready when the record's proofs are not kept: commands are refused then.</summary>
internal sealed class ProofHealth(ProofWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(watch.AreKept ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The record's proofs are not kept."));
}
