using Jpki.VirtualCard;
using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Support;

/// <summary>One reader, and the hand that puts cards into it.</summary>
/// <remarks>
/// A card back in the reader before the daemon's next look, 0.4 s apart, is a card the daemon never saw leave. "Empty" alone does not tell
/// that it has looked, since a failed exchange makes the reader empty too; but its count of card events does.
/// </remarks>
internal sealed class ReaderSlot(ReaderHall hall, string name, int index) : IAsyncDisposable
{
    private VpcdConnection? _inserted;
    private (int Life, uint Events)? _withCard;

    public string Name => name;

    /// <summary>How many commands have reached the card since it was put in.</summary>
    public int Commands => _inserted!.Commands;

    /// <summary>Takes out what is in the reader, puts a card in and waits until the daemon has noticed both.</summary>
    /// <param name="stays">The card stays in the slot when the daemon goes away.</param>
    public async Task InsertAsync(SoftCard card, Tamper? tamper = null, bool stays = false)
    {
        await TakeOutAsync();
        await WaitUntilEmptyAsync();
        _inserted = await VpcdConnection.InsertAsync(
            card,
            new VpcdOptions { Port = hall.PortOf(index), Tamper = tamper, ReinsertOnReconnect = stays },
            TestContext.Current.CancellationToken);
        await WaitForCardAsync();
    }

    // A program killed in the middle of an exchange leaves the reader empty without a further event: then the daemon's look,
    // several times over, is all there is to wait for.
    private async Task WaitUntilEmptyAsync()
    {
        try
        {
            await hall.WaitForAsync(name, state => !state.HasCard && (hall.Life, state.Events) != _withCard, TimeSpan.FromSeconds(3));
        }
        catch (TimeoutException)
        {
            await hall.WaitForAsync(name, state => !state.HasCard);
        }
    }

    /// <summary>Waits until the daemon has noticed the card, also one left in the slot while the daemon was away.</summary>
    public async Task WaitForCardAsync() => _withCard = (hall.Life, (await hall.WaitForAsync(name, state => state.HasCard)).Events);

    /// <summary>Leaves the reader empty for the next.</summary>
    public async ValueTask DisposeAsync()
    {
        await TakeOutAsync();
        hall.Return(this);
    }

    private async Task TakeOutAsync()
    {
        if (_inserted is { } inserted)
            await inserted.DisposeAsync();
        _inserted = null;
    }
}
