namespace Jpki.Ledger;

/// <summary>
/// The wire broke around a commit: what was sent may be stored or not. Nobody may guess; the caller throws its state away, reloads the
/// stream and looks whether it holds the command.
/// </summary>
/// <remarks>The cause is told by types and codes (<see cref="Fault"/>) and not kept as inner exception: the database quotes values in its texts.</remarks>
public sealed class LedgerOutcomeUnknownException : Exception
{
    public LedgerOutcomeUnknownException(Exception cause)
        : base($"It is not known whether it was stored ({Fault.Of(cause)}). Reload before deciding anything.")
    {
    }
}

/// <summary>The ledger could not be read. Nothing was changed.</summary>
/// <remarks>The cause is told as in <see cref="LedgerOutcomeUnknownException"/>.</remarks>
public sealed class LedgerUnavailableException : Exception
{
    public LedgerUnavailableException(Exception cause)
        : base($"The ledger could not be read ({Fault.Of(cause)}).")
    {
    }
}

/// <summary>What is stored does not fit what this program writes: altered by another hand, or written by a later version.</summary>
/// <param name="what">The place and the difference, never the content.</param>
public sealed class LedgerDamagedException(string what, Exception? cause = null) : Exception(what, cause);
