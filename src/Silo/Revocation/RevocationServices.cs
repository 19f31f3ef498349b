using Jpki.Ledger;
using Jpki.Pki.Keys;
using Jpki.Pki.Revocation;
using Jpki.Silo.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jpki.Silo.Revocation;

/// <summary>What publishing revocation lists is made of.</summary>
internal static class RevocationServices
{
    public static void AddRevocationLists(this IServiceCollection services, SiloOptions options, AuthoritySettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new RevocationListBuilder(provider.GetRequiredService<Authorities>(), settings));
        services.AddSingleton(provider => new ListShelf(
            provider.GetRequiredService<RevocationListStore>(),
            options.InDataFolder("revocation-lists"),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ListShelf>>()));
        services.AddSingleton<ListPublisher>();
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<ListWatch>(provider, options));
    }
}
