using Jpki.Ledger;
using Jpki.Ledger.Statistics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jpki.Silo.Reports;

/// <summary>Degraded while an incident stands: the counters work, the figures are not to be relied on.</summary>
internal sealed class StatisticsHealth(StatisticsViews views) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return (await views.StatusAsync(cancellationToken)).Incidents.Count == 0
                ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("Incident: the statistics differ from the ledger, or can't be counted on.");
        }
        catch (Exception e) when (e is LedgerUnavailableException or InvalidOperationException)
        {
            return HealthCheckResult.Degraded("The statistics can't be read.");
        }
    }
}
