using Jpki.VirtualCard.Keys;

namespace Jpki.VirtualCard.State;

/// <summary>What every command works on: the lasting state, the session, and the card's few needs from its host.</summary>
internal sealed class CardContext(CardState state, Action<CardState> store, IRsaKeySource keys, TimeProvider clock)
{
    /// <summary>日本標準時: fixed, without summer time; independent of whether the host has time zone data.</summary>
    private static readonly TimeSpan JapanStandardTime = TimeSpan.FromHours(9);

    public CardState State { get; private set; } = state;

    public CardSession Session { get; } = new();

    public IRsaKeySource Keys => keys;

    /// <summary>Today in Japan. The real card has no clock at all; the simulated one borrows its host's.</summary>
    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(JapanStandardTime).DateTime);

    /// <summary>Makes a change durable, then current. When the store fails nothing has changed and the card gives no answer.</summary>
    public void Commit(CardState next)
    {
        store(next);
        State = next;
    }
}
