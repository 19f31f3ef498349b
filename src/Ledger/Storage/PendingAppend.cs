using Jpki.Domain.Residents;

namespace Jpki.Ledger.Storage;

/// <summary>
/// An append between its caller and a writer. It is withdrawn by the one or taken by the other, never both: whoever withdraws knows that
/// nothing was sent.
/// </summary>
/// <param name="arrived">A timestamp of the writer's clock.</param>
internal sealed class PendingAppend(StreamAppend append, long arrived)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Withdrawn = 2;

    private readonly TaskCompletionSource<StreamOutcome> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // The same over all attempts: an event found in the stream under its id was stored by one of them.
    private readonly Guid[] _eventIds = [.. append.Events.Select(_ => Guid.CreateVersion7())];

    private int _state = Waiting;

    public string Stream => append.Stream;

    public long ExpectedVersion => append.ExpectedVersion;

    public Guid FirstEventId => _eventIds[0];

    /// <summary>The events, each with its id.</summary>
    public IEnumerable<(Guid Id, NewEvent Event)> Identified => _eventIds.Zip(append.Events);

    /// <summary>What is kept beside the events, as they change it.</summary>
    public KeptRows Kept => append.Kept;

    public long Arrived => arrived;

    /// <summary>An attempt broke, and its transaction may yet commit.</summary>
    public bool IsInDoubt { get; set; }

    /// <summary>False when the caller has withdrawn it.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    public void AnswerAppended() => Answer(StreamOutcome.Appended);

    public void Answer(StreamOutcome outcome) => _answer.TrySetResult(outcome);

    public void AnswerUnknown(Exception cause) => _answer.TrySetException(new LedgerOutcomeUnknownException(cause));

    /// <exception cref="OperationCanceledException">Cancelled before it was taken.</exception>
    /// <exception cref="LedgerOutcomeUnknownException">Cancelled after that, or nobody can tell.</exception>
    public async Task<StreamOutcome> AnsweredAsync(CancellationToken cancellation)
    {
        await using var _ = cancellation.UnsafeRegister(static (pending, token) => ((PendingAppend)pending!).Cancel(token), this);
        return await _answer.Task;
    }

    private void Cancel(CancellationToken cancellation)
    {
        if (Interlocked.CompareExchange(ref _state, Withdrawn, Waiting) == Waiting)
            _answer.TrySetCanceled(cancellation);
        else
            AnswerUnknown(new OperationCanceledException(cancellation));
    }
}
