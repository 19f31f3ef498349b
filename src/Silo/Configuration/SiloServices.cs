using System.Net;
using FluentValidation;
using Jpki.Domain;
using Jpki.Domain.Json;
using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Pki.Orders;
using Jpki.Pki.Profiles;
using Jpki.Silo.Adapters;
using Jpki.Silo.Api;
using Jpki.Silo.Audit;
using Jpki.Silo.Bulk;
using Jpki.Silo.CallCentre;
using Jpki.Silo.Journal;
using Jpki.Silo.Legacy;
using Jpki.Silo.PublicSide;
using Jpki.Silo.Reconciliation;
using Jpki.Silo.Registry;
using Jpki.Silo.Reports;
using Jpki.Silo.Revocation;
using Jpki.Silo.Security;
using Jpki.Silo.Validation;
using Orleans.Configuration;
using Orleans.Serialization;

namespace Jpki.Silo.Configuration;

/// <summary>What the silo is made of.</summary>
public static class SiloServices
{
    public static void AddTownHall(this WebApplicationBuilder builder, SiloOptions options)
    {
        var services = builder.Services;
        var production = builder.Environment.IsProduction();
        if (production)
            builder.Logging.ClearProviders().AddJsonConsole();
        ICivilClock clock = options.Clock.PlayFrom is { } start ? new PlayClock(TimeProvider.System, start) : new RealClock(TimeProvider.System);
        var settings = AuthorityOpening.SettingsOf(options);

        services.AddSingleton(clock);
        services.AddSingleton<IMunicipalities>(new MunicipalityDirectory(options.Municipalities.Select(each => each.ToMunicipality(production))));
        services.AddSingleton(AuthorityOpening.Open(options, settings, clock, production));
        services.AddSingleton(provider => new CertificateIssuer(provider.GetRequiredService<Pki.Keys.Authorities>(), settings));
        services.AddSingleton(new OrderMaterial());
        services.AddSingleton<IIssuance, IssuanceAdapter>();
        services.AddLedger(ledger =>
        {
            ledger.ConnectionString = options.Ledger.ConnectionString;
            ledger.LocalFolder = options.InDataFolder("postgres");
            ledger.Schema = production ? SchemaHandling.AssertOnly : SchemaHandling.CreateOrUpdate;
        });
        services.AddSingleton<IResidentLedger, LedgerAdapter>();
        services.AddSingleton<IOpenWork, OpenWorkAdapter>();
        services.AddSingleton<IRenewalNotices>(new NoticeFolder(options.InDataFolder("renewal-notices")));
        services.AddSingleton<IEvidenceRoom, EvidenceAdapter>();
        services.AddApi();
        services.AddJournal();
        services.AddRegistry(options, builder.Environment.IsDevelopment());
        services.AddLegacyImport();
        services.AddReconciliation(options);
        services.AddReports(options);
        services.AddBulk();
        services.AddAudit(options);
        services.AddCallCentre();
        services.AddTokenAuthentication(options);
        services.AddRevocationLists(options, settings);
        services.AddOcsp(settings);
        services.AddHostedService(provider => new PublicListener(provider, options));
        builder.AddGrains(options);
    }

    /// <summary>Bodies are small: the longest command carries a certification request. Images have a limit of their own.</summary>
    public static void Limit(this WebApplicationBuilder builder) =>
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64 * 1024;
        });

    private static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json => Contract.Apply(json.SerializerOptions));
        services.AddSingleton<IValidator<CommandEnvelope>, EnvelopeValidator>();
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = BareProblems.Complete);
        services.AddOpenApi(OpenApiDocument.Describe);
        services.AddHealthChecks().AddCheck<LedgerHealth>("ledger");
    }

    private static async Task WatchNights(IServiceProvider services, CancellationToken cancellation)
    {
        var grains = services.GetRequiredService<IGrainFactory>();
        foreach (var municipality in services.GetRequiredService<IMunicipalities>().All)
            await grains.GetGrain<INightlyGrain>(municipality.Code.Value).Watch();
    }

    private static void AddGrains(this WebApplicationBuilder builder, SiloOptions options) => builder.UseOrleans(silo =>
    {
        silo.UseLocalhostClustering(options.Orleans.SiloPort, options.Orleans.GatewayPort);
        silo.Configure<EndpointOptions>(endpoints => endpoints.AdvertisedIPAddress = IPAddress.Loopback);
        // A call to a silo that died waits this long; its sender repeats it by command id.
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = TimeSpan.FromSeconds(5));
        // Who was not asked for in this while leaves memory: a silo holds those of a quarter of an hour and not all it ever saw. Coming back takes a
        // query (docs/performance.md), so a counter's visit is worth waiting for and a day is not.
        silo.Configure<GrainCollectionOptions>(collection =>
        {
            collection.CollectionAge = TimeSpan.FromMinutes(15);
            collection.CollectionQuantum = TimeSpan.FromMinutes(1);
            // And earlier, the least recently used first, when memory runs short.
            collection.EnableActivationSheddingOnMemoryPressure = true;
        });
        // Reminders in memory: the last night done stands in the ledger, and the watch begun at start makes up for one that was missed.
        silo.UseInMemoryReminderService();
        silo.AddStartupTask(WatchNights);
        silo.Services.AddSerializer(serializer => serializer.AddDomainValues());
    });
}
