using System.Net;
using System.Net.Sockets;

namespace Jpki.VirtualCard.Readers;

/// <summary>How a card is put into a virtual reader.</summary>
public sealed record VpcdOptions
{
    /// <summary>The reader's TCP port.</summary>
    public int Port { get; init; } = 40000;

    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>How long to wait for the reader to listen when the card is put in.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The card stays in the slot when the daemon goes away, and is there again (with no time limit) when it is back.</summary>
    public bool ReinsertOnReconnect { get; init; }

    /// <summary>Null lets every command pass.</summary>
    public Tamper? Tamper { get; init; }

    /// <summary>Paces the attempts to connect.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>カードの挿入: a card in a virtual reader from <see cref="InsertAsync"/> until disposal, which takes it out.</summary>
public sealed class VpcdConnection : IAsyncDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(50);

    private readonly SoftCard _card;
    private readonly VpcdOptions _options;
    private readonly CancellationTokenSource _takenOut = new();
    private Task _serving = Task.CompletedTask;
    private int _commands;

    private VpcdConnection(SoftCard card, VpcdOptions options) => (_card, _options) = (card, options);

    /// <summary>
    /// Completes when the card is no longer in the reader: disposed, pulled by <see cref="VpcdOptions.Tamper"/>, or left by a
    /// daemon that is gone. Fails when the card broke down (its memory could not be written).
    /// </summary>
    public Task Removed => _serving;

    /// <summary>How many commands have reached the card since it was put in.</summary>
    public int Commands => Volatile.Read(ref _commands);

    /// <summary>Puts the card in and returns once connected; the daemon notices a card at its next look, within 0.4 s.</summary>
    /// <exception cref="TimeoutException">No reader listens at the port within the time allowed.</exception>
    public static async Task<VpcdConnection> InsertAsync(SoftCard card, VpcdOptions options, CancellationToken cancellationToken = default)
    {
        using var timeout = new CancellationTokenSource(options.ConnectTimeout, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var connection = new VpcdConnection(card, options);
        try
        {
            var frames = await connection.ConnectAsync(either.Token);
            connection._serving = connection.ServeAsync(frames, connection._takenOut.Token);
            return connection;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"No virtual reader (vpcd) listens at {options.Address}:{options.Port}.");
        }
    }

    /// <summary>Takes the card out.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_takenOut.IsCancellationRequested)
            return;
        await _takenOut.CancelAsync();
        // What made the card leave is told by Removed; taking it out must not fail because of it.
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _takenOut.Dispose();
    }

    private async Task<VpcdFrames> ConnectAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await VpcdFrames.ConnectAsync(new IPEndPoint(_options.Address, _options.Port), cancellationToken);
            }
            catch (SocketException)
            {
                await Task.Delay(RetryInterval, _options.Clock, cancellationToken);
            }
        }
    }

    private async Task ServeAsync(VpcdFrames first, CancellationToken cancellationToken)
    {
        try
        {
            for (var frames = first; ; frames = await ConnectAsync(cancellationToken))
            {
                using (frames)
                {
                    if (await ServeOnceAsync(frames, cancellationToken) == Ending.Pulled || !_options.ReinsertOnReconnect)
                        return;
                }
                await Task.Delay(RetryInterval, _options.Clock, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Taken out.
        }
        finally
        {
            _card.Reset();
        }
    }

    private async Task<Ending> ServeOnceAsync(VpcdFrames frames, CancellationToken cancellationToken)
    {
        _card.Reset();
        try
        {
            while (await frames.ReceiveAsync(cancellationToken) is { } frame)
            {
                if (frame is [var control])
                {
                    await ControlAsync(frames, control, cancellationToken);
                    continue;
                }
                switch (await ExchangeAsync(frames, frame, cancellationToken))
                {
                    case TamperDecision.PullBefore or TamperDecision.PullAfter:
                        return Ending.Pulled;
                    case TamperDecision.MuteBefore or TamperDecision.MuteAfter:
                        await StayMuteAsync(frames, cancellationToken);
                        return Ending.DaemonGone;
                    default:
                        break;
                }
            }
        }
        catch (SocketException)
        {
            // The daemon was killed: the same to the card as a closed connection.
        }
        return Ending.DaemonGone;
    }

    /// <summary>00 power off and 01 power on and 02 reset are not answered; 04 asks for the ATR.</summary>
    private async Task ControlAsync(VpcdFrames frames, byte control, CancellationToken cancellationToken)
    {
        const byte GetAtr = 0x04;
        if (control == GetAtr)
            await frames.SendAsync(SoftCard.Atr, cancellationToken);
        else
            _card.Reset();
    }

    private async Task<TamperDecision> ExchangeAsync(VpcdFrames frames, byte[] apdu, CancellationToken cancellationToken)
    {
        var index = Interlocked.Increment(ref _commands) - 1;
        var decision = _options.Tamper?.Invoke(index, apdu) ?? TamperDecision.LetPass;
        if (decision is TamperDecision.PullBefore or TamperDecision.MuteBefore)
            return decision;
        var answer = _card.Transmit(apdu);
        if (decision == TamperDecision.LetPass)
            await frames.SendAsync(answer, cancellationToken);
        return decision;
    }

    private static async Task StayMuteAsync(VpcdFrames frames, CancellationToken cancellationToken)
    {
        while (await frames.ReceiveAsync(cancellationToken) is not null)
        {
            // Read, so that the end of the daemon is noticed; never answered.
        }
    }

    private enum Ending
    {
        DaemonGone,
        Pulled,
    }
}
