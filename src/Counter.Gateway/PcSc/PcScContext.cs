using System.Runtime.InteropServices;
using System.Text;

namespace Jpki.Counter.Gateway.PcSc;

/// <summary>One connection to the resource manager.</summary>
/// <remarks>
/// A waiting <c>SCardGetStatusChange</c> blocks <c>SCardConnect</c> on the same context, so the monitor has one and each card session has
/// its own. A context that has seen its daemon die is dead for good, whatever <c>SCardIsValidContext</c> says: dispose it, make another.
/// </remarks>
internal sealed unsafe class PcScContext : IDisposable
{
    private const string PlugAndPlay = @"\\?PnP?\Notification";
    private const uint StateChanged = 0x0002;

    private readonly nint _handle;

    private PcScContext(nint handle) => _handle = handle;

    /// <summary>Asks for a context; <see cref="PcScError.NoService"/> when the daemon, or the library itself, is not there.</summary>
    public static PcScResult<PcScContext> Establish()
    {
        try
        {
            var error = Code(WinScard.SCardEstablishContext(new CULong(WinScard.ScopeSystem), 0, 0, out var context));
            return error == PcScError.Success ? new PcScContext(context) : error;
        }
        catch (DllNotFoundException)
        {
            return PcScError.NoService;
        }
    }

    /// <summary>The names of the readers plugged in; an empty list is a success.</summary>
    public PcScResult<IReadOnlyList<string>> ListReaders()
    {
        while (true)
        {
            var length = new CULong(0);
            var error = Code(WinScard.SCardListReaders(_handle, null, ref length));
            if (error == PcScError.NoReadersAvailable)
                return Array.Empty<string>();
            if (error != PcScError.Success)
                return error;

            var names = new byte[length.Value];
            fixed (byte* pointer = names)
                error = Code(WinScard.SCardListReaders(_handle, pointer, ref length));

            // A reader plugged in between the two calls makes the list longer than the room for it: ask again.
            if (error == PcScError.InsufficientBuffer)
                continue;
            if (error != PcScError.Success)
                return error;

            // Two drivers may give their readers one name; PC/SC then reaches the first of them only.
            return Encoding.UTF8.GetString(names).Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();
        }
    }

    /// <summary>Waits until a reader differs from what is known of it, a reader comes or goes, or the time is up.</summary>
    /// <param name="readers">Names, and the state last reported of each (0 = nothing known).</param>
    /// <param name="patience">How long to wait at most.</param>
    public PcScResult<IReadOnlyList<ReaderState>> WaitForChange(IReadOnlyList<(string Name, uint Known)> readers, TimeSpan patience)
    {
        using var states = new ReaderStateArray([.. readers.Select(reader => reader.Name), PlugAndPlay]);
        for (var i = 0; i < readers.Count; i++)
            states.SetKnownState(i, readers[i].Known);
        // pcsc-lite and Windows keep the number of readers in the high half of this pseudo reader's state.
        states.SetKnownState(readers.Count, (uint)readers.Count << 16);

        var milliseconds = new CULong((uint)patience.TotalMilliseconds);
        var error = Code(WinScard.SCardGetStatusChange(_handle, milliseconds, states.Pointer, states.Count));
        if (error != PcScError.Success)
            return error;
        return readers.Select((reader, i) => new ReaderState(reader.Name, states.StateNow(i) & ~StateChanged, states.Atr(i))).ToArray();
    }

    /// <summary>Waits for a reader to be reported empty; true once it is.</summary>
    public bool WaitUntilEmpty(string reader, TimeSpan patience)
    {
        var now = WaitForChange([(reader, 0)], TimeSpan.Zero);
        if (now.Value is [{ HasCard: true } present])
            now = WaitForChange([(reader, present.Flags)], patience);
        return now.Value is [{ HasCard: false }];
    }

    /// <summary>
    /// Takes the card in <paramref name="reader"/> for this context alone, speaking T=1 (the card knows no other protocol).
    /// </summary>
    public PcScResult<nint> ConnectExclusively(string reader)
    {
        var error = Code(WinScard.SCardConnect(
            _handle, reader, new CULong(WinScard.ShareExclusive), new CULong(WinScard.ProtocolT1), out var card, out _));
        return error == PcScError.Success ? card : error;
    }

    /// <summary>Ends a wait that another thread is in. A wait not yet begun is not ended.</summary>
    public void Cancel() => WinScard.SCardCancel(_handle);

    public void Dispose() => WinScard.SCardReleaseContext(_handle);

    public static PcScError Code(CLong answer) => (PcScError)(uint)answer.Value;
}
