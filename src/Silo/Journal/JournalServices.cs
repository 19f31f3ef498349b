namespace Jpki.Silo.Journal;

/// <summary>What the journals are made of.</summary>
public static class JournalServices
{
    public static void AddJournal(this IServiceCollection services)
    {
        services.AddSingleton<IJournal, LedgerJournal>();
        services.AddSingleton<OfficeJournal>();
        services.AddSingleton<IIncomingGrainCallFilter, JournalledAttempts>();
    }
}
