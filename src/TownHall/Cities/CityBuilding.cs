using System.Diagnostics;
using Jpki.City;
using Jpki.Domain.Rules;
using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Silo.Adapters;
using Jpki.Silo.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jpki.TownHall.Cities;

/// <summary>Fills an empty ledger with an invented city: eight years of it, signed by authorities of the folder's own.</summary>
/// <param name="connectionString">A PostgreSQL; none for the folder's private one.</param>
internal sealed class CityBuilding(string folder, string? connectionString, TextWriter output)
{
    // From 2018 on the authorities must outlive certificates issued in 2026.
    private const int AuthorityYears = 20;

    /// <returns>0; 1 when the ledger is not empty.</returns>
    public async Task<int> BuildAsync(int residents, ulong seed, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var plan = CityPlan.Of(residents, seed, Municipalities.Akishima);
        var options = new SiloOptions { DataFolder = folder };
        var settings = AuthorityOpening.SettingsOf(options) with { ValidityYears = AuthorityYears };
        using var authorities = AuthorityOpening.Open(options, settings, new FirstDay(plan), production: false);
        using var host = LedgerOf(options);
        await host.StartAsync(cancellationToken);
        try
        {
            return await FillAsync(plan, new InventedCity(plan, new CityMint(authorities, settings)), host.Services, cancellationToken);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private async Task<int> FillAsync(CityPlan plan, InventedCity city, IServiceProvider services, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        await output.WriteLineAsync($"An invented city of {plan.Residents:N0}, seed {plan.Seed}, {plan.From:o} to {plan.Until:o}. Everybody in it is made up.");
        var lengths = city.Lengths().ToList();
        var total = lengths.Sum(each => each.Events);
        await output.WriteLineAsync($"{total:N0} events to come; {Seconds(began)} to live them unsigned.");

        var progress = new Ticker(output, total);
        if (!await services.GetRequiredService<LedgerImport>().ImportAsync(lengths, city.Events(), progress, cancellationToken))
        {
            await output.WriteLineAsync("There are events in this ledger already; nothing was changed. Take another --folder.");
            return 1;
        }

        await output.WriteLineAsync($"{total:N0} events signed and stored after {Seconds(began)}.");
        await services.GetRequiredService<ResidentLedger>().RebuildOpenWorkAsync(cancellationToken);
        await output.WriteLineAsync($"What waits was found again; ready after {Seconds(began)}. Open it with ./run --folder {folder}");
        return 0;
    }

    private IHost LedgerOf(SiloOptions options)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddLedger(ledger =>
        {
            ledger.ConnectionString = connectionString;
            ledger.LocalFolder = options.InDataFolder("postgres");
        });
        return builder.Build();
    }

    private static string Seconds(long since) => $"{Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s";

    private sealed class FirstDay(CityPlan plan) : ICivilClock
    {
        public DateTimeOffset Now => Jst.StartOf(plan.From);
    }

    /// <summary>A line now and then; on the importing thread, so that no line comes late.</summary>
    private sealed class Ticker(TextWriter output, long total) : IProgress<long>
    {
        private long last = Stopwatch.GetTimestamp();

        public void Report(long value)
        {
            if (Stopwatch.GetElapsedTime(last).TotalSeconds < 2)
                return;
            last = Stopwatch.GetTimestamp();
            output.WriteLine($"  {value:N0} of {total:N0} ({100 * value / total} %)");
        }
    }
}
