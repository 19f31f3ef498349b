using Jpki.VirtualCard;
using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Support;

/// <summary>One reader, and the hand that puts cards into it.</summary>
/// <remarks>
/// A card back in the reader before the daemon's next look, 0.4 s apart, is a card the daemon never saw leave: after a failed exchange it
/// then calls the reader empty for good. "Empty" alone does not tell that it has looked, but its count of card events does.
/// </remarks>
internal sealed class ReaderSlot(ReaderHall hall, string name, int index) : IAsyncDisposable
{
    private VpcdConnection? _inserted;
    private uint? _eventsWithCard;

    public string Name => name;

    /// <summary>How many commands have reached the card since it was put in.</summary>
    public int Commands => _inserted!.Commands;

    /// <summary>Takes out what is in the reader, puts a card in and waits until the daemon has noticed both.</summary>
    /// <param name="stays">The card stays in the slot when the daemon goes away.</param>
    public async Task InsertAsync(SoftCard card, Tamper? tamper = null, bool stays = false)
    {
        await TakeOutAsync();
        _inserted = await VpcdConnection.InsertAsync(
            card,
            new VpcdOptions { Port = hall.Daemon.Ports[index], Tamper = tamper, ReinsertOnReconnect = stays },
            TestContext.Current.CancellationToken);
        await WaitForCardAsync();
    }

    /// <summary>Waits until the daemon has noticed the card, also one left in the slot while the daemon was away.</summary>
    public async Task WaitForCardAsync() => _eventsWithCard = (await hall.WaitForAsync(name, state => state.HasCard)).Events;

    /// <summary>Takes the card out, if it is in, and waits until the daemon has noticed.</summary>
    public async Task TakeOutAsync()
    {
        if (_inserted is { } inserted)
            await inserted.DisposeAsync();
        _inserted = null;
        await hall.WaitForAsync(name, state => !state.HasCard && state.Events != _eventsWithCard);
    }

    /// <summary>Leaves the reader empty for the next.</summary>
    public async ValueTask DisposeAsync()
    {
        await TakeOutAsync();
        _eventsWithCard = null;
        hall.Return(this);
    }
}
