using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Jpki.Counter.Gateway.PcSc;

/// <summary>A card held by us alone, on a context and a thread of its own, with a deadline for every call.</summary>
/// <remarks>
/// <para>Exclusive: with a shared card another program's transaction would block our calls with no error.</para>
/// <para>Ends with a reset of the card: leaving it as it is would let the next program sign with the PIN verified here.</para>
/// <para>The first failure is the last call: the handle is dropped at once, because a card swapped within 400 ms would answer on it.</para>
/// <para>For one caller at a time.</para>
/// </remarks>
public sealed class CardConnection : IAsyncDisposable
{
    // ISO 7816-3 short APDU: at most 256 bytes of data and the status word.
    private const int LongestAnswer = 258;
    private const int ShortestAnswer = 2;

    private const PcScError ClosedByUs = PcScError.InvalidHandle;

    // ISO 7816-4 §11.5.3: what every card answers and none minds.
    private static readonly byte[] GetChallenge = [0x00, 0x84, 0x00, 0x00, 0x08];

    // pcscd looks every 400 ms.
    private static readonly TimeSpan PollingOfTheDaemon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceForGoodbye = TimeSpan.FromSeconds(3);

    private readonly string _reader;
    private readonly TimeProvider _time;
    private readonly CardThread _thread;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PcScError _failure;

    // Both belong to the thread.
    private PcScContext? _context;
    private nint _card;

    private CardConnection(string reader, TimeProvider time)
    {
        _reader = reader;
        _time = time;
        _thread = new CardThread($"PC/SC card in {reader}", Close);
    }

    /// <summary>Takes the card in <paramref name="reader"/>.</summary>
    /// <returns>
    /// Among others <see cref="PcScError.NoSmartCard"/>, <see cref="PcScError.SharingViolation"/> (another program has it; at once),
    /// <see cref="PcScError.UnknownReader"/>, <see cref="PcScError.NoService"/>, <see cref="PcScError.DeadlineExceeded"/>.
    /// </returns>
    public static async Task<PcScResult<CardConnection>> OpenAsync(string reader, TimeSpan deadline, TimeProvider time)
    {
        var connection = new CardConnection(reader, time);
        var error = (await connection.DoAsync(connection.Connect, deadline)).Error;
        return error == PcScError.Success ? connection : error;
    }

    /// <summary>Sends one APDU. The bytes of <paramref name="command"/> are wiped when the card has them, whatever comes of it.</summary>
    /// <param name="command">The encoded command.</param>
    /// <param name="deadline">How long the card may think before it counts as mute.</param>
    /// <returns>
    /// The answer with its status word, 2–258 bytes; <see cref="PcScError.RemovedCard"/>, <see cref="PcScError.ReaderUnavailable"/>,
    /// <see cref="PcScError.NoService"/> or <see cref="PcScError.DeadlineExceeded"/>. After any failure every further call answers the
    /// same.
    /// </returns>
    public Task<PcScResult<byte[]>> TransmitAsync(byte[] command, TimeSpan deadline)
    {
        if (_failure == PcScError.Success)
            return DoAsync(() => Exchange(command), deadline);
        CryptographicOperations.ZeroMemory(command);
        return Task.FromResult<PcScResult<byte[]>>(_failure);
    }

    /// <summary>Resets the card and lets it go. Does not wait for a mute card.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_failure == PcScError.Success)
            Fail(ClosedByUs);
        await Task.WhenAny(_closed.Task, Task.Delay(_failure == PcScError.DeadlineExceeded ? TimeSpan.Zero : PatienceForGoodbye, _time));
    }

    private async Task<PcScResult<T>> DoAsync<T>(Func<PcScResult<T>> call, TimeSpan deadline)
    {
        try
        {
            var result = await _thread.Do(call).WaitAsync(deadline, _time);
            if (result.Error != PcScError.Success)
                Fail(result.Error);
            return result;
        }
        catch (TimeoutException)
        {
            Fail(PcScError.DeadlineExceeded);
            return PcScError.DeadlineExceeded;
        }
    }

    private void Fail(PcScError error)
    {
        _failure = error;
        _thread.Complete();
    }

    private PcScResult<bool> Connect()
    {
        var established = PcScContext.Establish();
        _context = established.Value;
        if (_context is null)
            return established.Error;

        var connected = _context.ConnectExclusively(_reader);
        _card = connected.Value;
        return connected.Error == PcScError.Success ? true : connected.Error;
    }

    private unsafe PcScResult<byte[]> Exchange(byte[] command)
    {
        var answer = stackalloc byte[LongestAnswer];
        var length = new CULong(LongestAnswer);
        var pci = new WinScard.IoRequest
        {
            Protocol = new CULong(WinScard.ProtocolT1),
            Length = new CULong((uint)sizeof(WinScard.IoRequest)),
        };
        PcScError error;
        fixed (byte* bytes = command)
        {
            var sent = new CULong((uint)command.Length);
            error = PcScContext.Code(WinScard.SCardTransmit(_card, &pci, bytes, sent, null, answer, ref length));
        }

        CryptographicOperations.ZeroMemory(command);

        // A card pulled during the exchange can come back as success with no bytes at all.
        return error == PcScError.Success && length.Value >= ShortestAnswer
            ? new ReadOnlySpan<byte>(answer, (int)length.Value).ToArray()
            : WhatIsGone(error);
    }

    /// <summary>The exchange's own error does not say whether card, reader or daemon went away; the list of readers does.</summary>
    private PcScError WhatIsGone(PcScError error)
    {
        if (error is PcScError.InvalidParameter or PcScError.InsufficientBuffer)
            return error;
        var readers = _context!.ListReaders();
        return readers.Value is null ? PcScError.NoService
            : readers.Value.Contains(_reader) ? PcScError.RemovedCard
            : PcScError.ReaderUnavailable;
    }

    /// <summary>
    /// Whether the card is gone. One that still answers is not; of one that does not, the daemon gets the time to see it leave.
    /// </summary>
    /// <remarks>
    /// Only a card that is there may be reset. When pcscd resets a card that has just been pulled, it loses track: it shows a card that
    /// nobody put
    /// in, or does not show the next one.
    /// </remarks>
    private bool HasLeft() =>
        (_failure != ClosedByUs || Exchange([.. GetChallenge]).Error != PcScError.Success)
        && _context!.WaitUntilEmpty(_reader, PollingOfTheDaemon);

    private void Close()
    {
        if (_card != 0)
            WinScard.SCardDisconnect(_card, new CULong(HasLeft() ? WinScard.LeaveCard : WinScard.ResetCard));
        _context?.Dispose();
        _closed.SetResult();
    }
}
