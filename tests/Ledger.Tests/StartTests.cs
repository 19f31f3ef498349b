using Jpki.Ledger.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Jpki.Ledger.Tests;

public sealed class StartTests(LocalServer server)
{
    private const string HasTables = "select to_regclass('ledger.mt_events') is not null";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_account_that_may_only_compare_refuses_to_start_on_missing_tables_and_makes_none()
    {
        var connection = await server.CreateDatabaseAsync("assert_empty");
        await using var open = OpenLedger.Unprepared(connection, SchemaHandling.AssertOnly);

        await Assert.ThrowsAnyAsync<Exception>(open.PrepareAsync);

        Assert.False(await Sql.ScalarAsync<bool>(connection, HasTables));
        Assert.False(await open.Ledger.IsReadyAsync(Cancellation));
    }

    [Fact]
    public async Task An_account_that_may_only_compare_starts_on_prepared_tables()
    {
        var connection = await server.CreateDatabaseAsync("assert_prepared");
        await using var migration = await OpenLedger.OnAsync(connection);
        await using var open = OpenLedger.Unprepared(connection, SchemaHandling.AssertOnly);

        await open.PrepareAsync();

        Assert.True(await open.Ledger.IsReadyAsync(Cancellation));
    }

    [Fact]
    public async Task Silos_starting_at_once_on_an_empty_database_all_find_the_tables()
    {
        var connection = await server.CreateDatabaseAsync("prepared_at_once");

        var silos = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenLedger.OnAsync(connection)));

        foreach (var each in silos)
        {
            Assert.True(await each.Ledger.IsReadyAsync(Cancellation));
            await each.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_ledger_is_open_before_any_other_service_starts_whatever_the_order_of_registration()
    {
        var connection = await server.CreateDatabaseAsync("hosted");
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddHostedService<EarlyBird>();
        builder.Services.AddLedger(options => options.ConnectionString = connection);
        using var host = builder.Build();
        var ledger = host.Services.GetRequiredService<ResidentLedger>();
        Assert.False(await ledger.IsReadyAsync(Cancellation));

        await host.StartAsync(Cancellation);

        Assert.True(await ledger.IsReadyAsync(Cancellation));
        Assert.Equal(1, (await ledger.LoadAsync(Given.Resident(1), Cancellation)).Version);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    [Trait("Rule", "B6")]
    public async Task Without_a_connection_string_a_private_server_is_started_and_stopped_with_the_host()
    {
        using var folder = new TemporaryFolder();
        for (var start = 1; start <= 2; start++)
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Services.AddLedger(options => options.LocalFolder = folder.Path);
            using var host = builder.Build();
            await host.StartAsync(Cancellation);
            await host.Services.GetRequiredService<ResidentLedger>()
                .AppendedAsync(Given.Resident(1), start - 1, Given.Command(start), start == 1 ? SampleEvents.Registration : SampleEvents.NameChange);
            await host.StopAsync(Cancellation);

            Assert.False(File.Exists(Path.Combine(folder.Path, "data", "postmaster.pid")));
        }
    }

    private sealed class EarlyBird(ResidentLedger ledger) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            ledger.AppendedAsync(Given.Resident(1), 0, Given.Command(1), SampleEvents.Registration);

        public Task StopAsync(CancellationToken cancellationToken) => ledger.LoadAsync(Given.Resident(1), cancellationToken);
    }
}
