using Jpki.Ledger;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jpki.Silo.Api;

/// <summary>Ready when the ledger answers; without it no command can be acknowledged.</summary>
public sealed class LedgerHealth(ResidentLedger ledger) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        await ledger.IsReadyAsync(cancellationToken) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The ledger does not answer.");
}
