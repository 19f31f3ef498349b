using Jpki.Ledger.Statistics;
using Jpki.Silo.Configuration;

namespace Jpki.Silo.Reports;

/// <summary>What statistics and reports are made of.</summary>
internal static class ReportServices
{
    /// <summary>How long the scheduled files wait for the last events of their day.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    public static void AddReports(this IServiceCollection services, SiloOptions options)
    {
        services.AddStatistics();
        services.AddHealthChecks().AddCheck<StatisticsHealth>("statistics");
        services.AddSingleton<OfficeNames>();
        services.AddSingleton<Report, MonthlyIssuance>();
        services.AddSingleton<Report, MonthlyFigures>();
        services.AddSingleton<Report, CashSheet>();
        services.AddSingleton<Report, HoldersByExpiry>();
        services.AddSingleton<Report, RenewalNoticesDue>();
        services.AddSingleton<Report, AgentCasesOpen>();
        services.AddSingleton<Report, ReconciliationTable>();
        services.AddSingleton<ReportDesk>();
        if (options.Reports.Folder is not { } folder)
            return;

        services.AddSingleton(options.Reports.ToSettings(Path.GetFullPath(folder)));
        services.AddSingleton(provider => new ReportJob(
            provider.GetRequiredService<ReportDesk>(), provider.GetRequiredService<ReportJobSettings>(),
            stop => provider.GetRequiredService<StatisticsViews>().CaughtUpAsync(_patience, stop)));
        services.AddHostedService<ReportWatch>();
    }
}
