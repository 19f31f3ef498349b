using Jpki.Grains;
using Jpki.Pki.Keys;
using Jpki.Pki.Ocsp;
using Jpki.Silo.Adapters;

namespace Jpki.Silo.Revocation;

/// <summary>What OCSP is made of.</summary>
internal static class OcspServices
{
    public static void AddOcsp(this IServiceCollection services, AuthoritySettings settings)
    {
        services.AddSingleton<IRevocationStatusSource, RegisterStatusSource>();
        services.AddSingleton<IStatusChanges, RegisterStatusChanges>();
        services.AddSingleton<IResponderJournal, ResponderJournal>();
        services.AddSingleton(provider => new OcspResponder(
            provider.GetRequiredService<Authorities>(),
            settings,
            provider.GetRequiredService<IRevocationStatusSource>(),
            provider.GetRequiredService<IResponderJournal>(),
            new CivilTime(provider.GetRequiredService<ICivilClock>())));
        services.AddSingleton(provider => new PresignedAnswers(provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<OcspDesk>();
        services.AddHostedService<StatusWatch>();
    }
}
