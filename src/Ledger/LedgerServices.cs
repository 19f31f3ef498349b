using Jpki.Ledger.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Jpki.Ledger;

/// <summary>The ledger in a container.</summary>
public static class LedgerServices
{
    /// <summary>
    /// Adds <see cref="ResidentLedger"/>, what is kept beside it, and the <see cref="LedgerHost"/> that opens it before other hosted services start.
    /// </summary>
    public static IServiceCollection AddLedger(this IServiceCollection services, Action<LedgerOptions> configure)
    {
        var options = new LedgerOptions();
        configure(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new LedgerStore(options, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => Writer(options, provider));
        services.AddSingleton<GroupedStreamReader>();
        services.AddSingleton(provider => new ResidentLedger(
            provider.GetRequiredService<LedgerStore>(),
            provider.GetRequiredService<IStreamWriter>(),
            provider.GetRequiredService<GroupedStreamReader>()));
        services.AddSingleton(provider => new JournalWriter(provider.GetRequiredService<IStreamWriter>()));
        services.AddSingleton(provider =>
            new EvidenceStore(provider.GetRequiredService<LedgerStore>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new BulkStore(provider.GetRequiredService<LedgerStore>()));
        services.AddSingleton(provider => new LedgerImport(provider.GetRequiredService<LedgerStore>()));
        services.AddSingleton(provider => new CardReadings(provider.GetRequiredService<LedgerStore>()));
        services.AddSingleton(provider =>
            new CertificateRegister(provider.GetRequiredService<LedgerStore>(), provider.GetRequiredService<ResidentLedger>()));
        services.AddSingleton(provider => new RevocationListStore(provider.GetRequiredService<LedgerStore>()));
        services.AddSingleton(provider => new AuthorityJournal(provider.GetRequiredService<LedgerStore>()));
        services.AddSingleton(provider => new LedgerHost(
            options,
            provider.GetRequiredService<LedgerStore>(),
            provider.GetRequiredService<CertificateRegister>(),
            provider.GetRequiredService<ResidentLedger>(),
            [provider.GetRequiredService<JournalWriter>(), provider.GetRequiredService<IStreamWriter>(), provider.GetRequiredService<GroupedStreamReader>()],
            provider.GetRequiredService<ILogger<LedgerHost>>()));
        return services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LedgerHost>());
    }

    private static IStreamWriter Writer(LedgerOptions options, IServiceProvider provider) => options.Commits switch
    {
        CommitHandling.Grouped => new GroupCommitWriter(
            provider.GetRequiredService<LedgerStore>(), options.GroupCommit, provider.GetRequiredService<TimeProvider>()),
        CommitHandling.Singly => new SingleStreamWriter(provider.GetRequiredService<LedgerStore>()),
        _ => throw new InvalidOperationException($"Unknown {nameof(CommitHandling)} {options.Commits}."),
    };
}
