using Jpki.Silo.Audit;
using Jpki.Silo.Bulk;
using Jpki.Silo.CallCentre;
using Jpki.Silo.Journal;
using Jpki.Silo.Legacy;
using Jpki.Silo.Reconciliation;
using Jpki.Silo.Registry;
using Jpki.Silo.Reports;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Jpki.Silo.Api;

/// <summary>Everything the silo answers over HTTP.</summary>
public static class SiloEndpoints
{
    public static void MapTownHall(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = BareProblems.StatusOf });
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapResidents();
        app.MapEvidence();
        app.MapCardReadings();
        app.MapInquiryLetters();
        app.MapRegistry();
        app.MapTown();
        app.MapOffice();
        app.MapReconciliation();
        app.MapStatistics();
        app.MapReports();
        app.MapRevocationListJob();
        app.MapLegacy();
        app.MapBulk();
        app.MapCallCentre();
        app.MapJournal();
        app.MapAudit();
        app.MapReplay();
        app.MapOpenApi().AllowAnonymous();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
    }
}
