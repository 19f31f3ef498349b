using Jpki.Domain;
using Jpki.Domain.Residents;

namespace Jpki.Ledger.Storage;

/// <summary>Events on their way into one stream: all of them are stored or none.</summary>
/// <param name="Stream">The stream's key.</param>
/// <param name="ExpectedVersion">The stream's version before the append; 0 when it does not exist.</param>
/// <param name="Events">At least one.</param>
/// <param name="Kept">What is kept beside the events, as they change it.</param>
internal sealed record StreamAppend(string Stream, long ExpectedVersion, IReadOnlyList<NewEvent> Events, KeptRows Kept);

/// <summary>An event that is not stored yet.</summary>
/// <param name="Body">Of a type with a stored name.</param>
internal readonly record struct NewEvent(object Body, Provenance Provenance);

/// <summary>What became of an append to a stream. What is neither is a <see cref="LedgerOutcomeUnknownException"/>.</summary>
internal enum StreamOutcome
{
    /// <summary>Durable.</summary>
    Appended,

    /// <summary>The stream was not at the expected version; nothing was stored.</summary>
    Conflict,

    /// <summary>Never sent.</summary>
    Busy,
}

/// <summary>
/// Makes appends durable, each with what is kept beside it (<see cref="Enlistment"/>), in a transaction of its own or those of many
/// streams together: provenance is kept with each event and not with the session. Disposal ends what is under way, before the store is
/// closed.
/// </summary>
internal interface IStreamWriter : IAsyncDisposable
{
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent.</exception>
    /// <exception cref="LedgerOutcomeUnknownException">Stored or not.</exception>
    Task<StreamOutcome> AppendAsync(StreamAppend append, CancellationToken cancellation);
}
