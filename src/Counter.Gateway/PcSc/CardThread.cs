using System.Collections.Concurrent;

namespace Jpki.Counter.Gateway.PcSc;

/// <summary>One thread that does one card's blocking calls, one after the other.</summary>
/// <remarks>
/// It is a thread and not the pool because a mute card keeps it for ever: nothing ends a <c>SCardTransmit</c>, not even
/// <c>SCardCancel</c>. Such a thread is abandoned; being a background thread it does not keep the process alive, and should the call come
/// back one day (the card was pulled), it does what is left to do and ends.
/// </remarks>
internal sealed class CardThread
{
    private readonly BlockingCollection<Action> _work = [];

    /// <param name="name">For debuggers and dumps.</param>
    /// <param name="last">Done by the thread when no more work will come.</param>
    public CardThread(string name, Action last) => new Thread(() => Run(last)) { IsBackground = true, Name = name }.Start();

    public Task<T> Do<T>(Func<T> job)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                done.SetResult(job());
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                done.SetException(exception);
            }
        });
        return done.Task;
    }

    /// <summary>No more work; what is queued is still done.</summary>
    public void Complete() => _work.CompleteAdding();

    private void Run(Action last)
    {
        foreach (var job in _work.GetConsumingEnumerable())
            job();
        last();
        _work.Dispose();
    }
}
