using Jpki.VirtualCard;
using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Support;

/// <summary>One reader, and the hand that puts cards into it.</summary>
internal sealed class ReaderSlot(ReaderHall hall, string name, int index) : IAsyncDisposable
{
    private VpcdConnection? _inserted;

    public string Name => name;

    /// <summary>How many commands have reached the card since it was put in.</summary>
    public int Commands => _inserted!.Commands;

    /// <summary>Takes out what is in the reader, puts a card in and waits until the daemon has noticed both.</summary>
    /// <param name="stays">The card stays in the slot when the daemon goes away.</param>
    public async Task InsertAsync(SoftCard card, Tamper? tamper = null, bool stays = false)
    {
        await TakeOutAsync();
        await hall.WaitForAsync(name, present: false);
        _inserted = await VpcdConnection.InsertAsync(
            card,
            new VpcdOptions { Port = hall.Daemon.Ports[index], Tamper = tamper, ReinsertOnReconnect = stays },
            TestContext.Current.CancellationToken);
        await hall.WaitForAsync(name, present: true);
    }

    /// <summary>Waits until the daemon has noticed a card that was left in the slot while the daemon was away.</summary>
    public Task WaitForCardAsync() => hall.WaitForAsync(name, present: true);

    public async Task TakeOutAsync()
    {
        if (_inserted is { } inserted)
            await inserted.DisposeAsync();
        _inserted = null;
    }

    /// <summary>Leaves the reader empty for the next.</summary>
    public async ValueTask DisposeAsync()
    {
        await TakeOutAsync();
        hall.Return(this);
    }
}
