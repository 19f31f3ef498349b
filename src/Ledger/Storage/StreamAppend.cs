using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Ledger.Storage;

/// <summary>One command's events on their way into one stream: all of them are stored or none.</summary>
/// <param name="ExpectedVersion">The stream's version before the append; 0 when it does not exist.</param>
/// <param name="Kept">What is kept beside the events, as they change it.</param>
internal sealed record StreamAppend(
    ResidentId Resident, long ExpectedVersion, IReadOnlyList<ResidentEvent> Events, Provenance Provenance, KeptRows Kept)
{
    /// <summary>The events as they stand in the stream once stored.</summary>
    public IReadOnlyList<Recorded> ToRecorded() =>
        [.. Events.Select((each, index) => new Recorded(Resident, ExpectedVersion + 1 + index, each, Provenance))];
}

/// <summary>
/// Makes appends durable, each with what is kept beside it (<see cref="Enlistment"/>), in a transaction of its own or those of many
/// residents together: provenance is kept with each event and not with the session. Disposal ends what is under way, before the store is
/// closed.
/// </summary>
internal interface IStreamWriter : IAsyncDisposable
{
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent.</exception>
    /// <exception cref="LedgerOutcomeUnknownException">Stored or not.</exception>
    Task<AppendOutcome> AppendAsync(StreamAppend append, CancellationToken cancellation);
}
