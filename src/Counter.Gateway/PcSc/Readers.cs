namespace Jpki.Counter.Gateway.PcSc;

/// <summary>The readers connected now.</summary>
public static class Readers
{
    /// <summary>Their names in the daemon's order; empty when there are none or the daemon does not run.</summary>
    public static IReadOnlyList<string> List()
    {
        if (PcScContext.Establish().Value is not { } context)
            return [];
        using (context)
            return context.ListReaders().Value ?? [];
    }
}
