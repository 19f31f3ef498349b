using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Jpki.Silo.Api;

/// <summary>Everything the silo answers over HTTP.</summary>
public static class SiloEndpoints
{
    public static void MapTownHall(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapResidents();
        app.MapTown();
        app.MapOffice();
        app.MapOpenApi().AllowAnonymous();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
    }
}
