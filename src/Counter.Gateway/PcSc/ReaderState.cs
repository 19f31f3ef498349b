namespace Jpki.Counter.Gateway.PcSc;

/// <summary>A reader (カードリーダライタ) and what is in it, at one moment.</summary>
/// <param name="Name">The resource manager's name for it.</param>
/// <param name="Flags">The state as reported: low half <c>SCARD_STATE_…</c> bits, high half the number of card events so far.</param>
/// <param name="Atr">The answer to reset of the card in it; empty without a card.</param>
public sealed record ReaderState(string Name, uint Flags, byte[] Atr)
{
    private const uint Gone = 0x0004 | 0x0008;
    private const uint Present = 0x0020;
    private const uint Exclusive = 0x0080;
    private const uint InUse = 0x0100;

    /// <summary>False when the resource manager reported the reader unknown or unavailable.</summary>
    public bool IsPlugged => (Flags & Gone) == 0;

    public bool HasCard => IsPlugged && (Flags & Present) != 0;

    /// <summary>Whether some program, this one included, is connected to the card.</summary>
    public bool IsInUse => (Flags & (Exclusive | InUse)) != 0;

    /// <summary>Card insertions and removals the daemon has counted in this reader, modulo 65,536.</summary>
    public uint Events => Flags >> 16;
}

/// <summary>What happened at the readers. A closed set.</summary>
public abstract record ReaderEvent
{
    private ReaderEvent()
    {
    }

    /// <summary>The daemon answers (again).</summary>
    public sealed record ServiceBack : ReaderEvent;

    /// <summary>The daemon is gone; readers and cards have been reported as gone before this.</summary>
    public sealed record ServiceGone : ReaderEvent;

    public sealed record ReaderArrived(string Reader) : ReaderEvent;

    public sealed record ReaderLeft(string Reader) : ReaderEvent;

    /// <param name="Reader">Where.</param>
    /// <param name="Atr">Answer to reset, upper-case hexadecimal.</param>
    public sealed record CardArrived(string Reader, string Atr) : ReaderEvent;

    public sealed record CardLeft(string Reader) : ReaderEvent;
}
