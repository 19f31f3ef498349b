using Jpki.Domain.Residents;
using Jpki.TownHall.Parts;
using Jpki.VirtualCard;

namespace Jpki.TownHall.Day;

/// <summary>Everything a scene plays with.</summary>
internal sealed class Stage : IDisposable
{
    public required Narrator Narrator { get; init; }

    public required Hanako Hanako { get; init; }

    public required CounterProcess Counter { get; init; }

    public required CardRack Cards { get; init; }

    public required BackOffice Registry { get; init; }

    public required BackOffice CallCentre { get; init; }

    public required BackOffice Auditor { get; init; }

    public required BackOffice Administrator { get; init; }

    public required OutsideTools Tools { get; init; }

    public required Record Record { get; init; }

    /// <summary>Hanako's card, once made.</summary>
    public SoftCard? Card { get; set; }

    /// <summary>The present time of the play.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Moves everybody's clock on.</summary>
    public async Task MoveToAsync(DateTimeOffset at, string title, CancellationToken cancellationToken)
    {
        Now = await Administrator.MoveClockAsync(at, cancellationToken);
        Narrator.Scene(Now, title);
    }

    /// <summary>Puts Hanako's card into the first reader and waits until the daemon has noticed it, which takes up to half a second.</summary>
    public async Task InsertCardAsync(CancellationToken cancellationToken)
    {
        await Cards.InsertAsync(0, Card ?? throw new InvalidOperationException("The card is not made yet."), cancellationToken);
        Narrator.Check(await Tools.WaitForCardAsync(cancellationToken), "the reader has noticed the card");
    }

    public Task<ResidentView> LookAsync(CancellationToken cancellationToken) => Auditor.LookAsync(Hanako.Id, cancellationToken);

    /// <summary>The clerk types a command; Hanako answers for the PINs.</summary>
    public Task<CounterResult> AtCounterAsync(string command, CancellationToken cancellationToken, Func<string, string?>? answer = null)
    {
        Narrator.Counter($"> {command}");
        return Counter.RunAsync(command, answer ?? Hanako.Type, Narrator.Counter, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var somebody in new[] { Registry, CallCentre, Auditor, Administrator })
            somebody.Dispose();
    }
}
