namespace Jpki.Ledger;

/// <summary>
/// The wire broke around a commit: the events may be stored or not. Nobody may guess; the caller throws its state away, reloads the
/// stream and looks whether it holds the command.
/// </summary>
public sealed class LedgerOutcomeUnknownException : Exception
{
    public LedgerOutcomeUnknownException()
        : this(null)
    {
    }

    public LedgerOutcomeUnknownException(Exception? cause)
        : base("It is not known whether the events were stored. Reload the stream before deciding anything.", cause)
    {
    }
}

/// <summary>The ledger could not be read. Nothing was changed.</summary>
public sealed class LedgerUnavailableException : Exception
{
    public LedgerUnavailableException()
        : this(null)
    {
    }

    public LedgerUnavailableException(Exception? cause)
        : base("The ledger could not be read.", cause)
    {
    }
}

/// <summary>What is stored does not fit what this program writes: altered by another hand, or written by a later version.</summary>
/// <param name="what">The place and the difference, never the content.</param>
public sealed class LedgerDamagedException(string what, Exception? cause = null) : Exception(what, cause);
