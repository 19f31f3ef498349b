using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Silo.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Jpki.Silo.Registry;

/// <summary>What the feed is made of.</summary>
public static class RegistryServices
{
    public static void AddRegistry(this IServiceCollection services, SiloOptions options, bool development)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(new SpoolFolder(options.InDataFolder("registry", "spool")));
        services.AddSingleton<IResidentDoor, GrainDoor>();
        services.AddSingleton<PatientDoor>();
        services.AddSingleton<ChangeReader>();
        services.AddSingleton<ChangeSubmission>();
        services.AddSingleton<RegistryFeed>();
        if ((options.Registry.Inbox ?? (development ? options.InDataFolder("registry", "inbox") : null)) is { } inbox)
            services.AddDrop(Path.GetFullPath(inbox), options);
    }

    private static void AddDrop(this IServiceCollection services, string inbox, SiloOptions options)
    {
        var office = options.Registry.Office ?? options.Municipalities[0].Offices[0].Code;
        var by = new Actor("registry-file-drop", Role.Registry, OfficeCode.Parse(office));
        var folders = DropFolders.Beside(inbox);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<RegistryInbox>(provider, folders, by));
        services.AddHostedService(provider => ActivatorUtilities.CreateInstance<InboxWatch>(provider, folders));
    }
}
