using System.Net;
using System.Net.NetworkInformation;

namespace Jpki.VirtualCard.Readers;

/// <summary>
/// A PC/SC daemon of our own with virtual readers, beside whatever daemon the machine runs. Needs no root. It ends with
/// this object, and also when this process dies.
/// </summary>
/// <remarks>
/// pcscd cannot be told to leave USB alone: where a driver for real readers is installed and the user may open them, the
/// private daemon takes those that no other daemon holds.
/// </remarks>
public sealed class PrivatePcscd : IAsyncDisposable
{
    /// <summary>
    /// The variable by which libpcsclite finds the daemon. It has to be in a program's environment when that starts:
    /// <see cref="Environment.SetEnvironmentVariable(string, string)"/> does not reach native libraries.
    /// </summary>
    public const string SocketVariable = "PCSCLITE_CSOCK_NAME";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly PcscdOptions _options;
    private readonly PcscdFolder _folder;
    private PcscdProcess? _process;

    private PrivatePcscd(PcscdOptions options, PcscdFolder folder)
    {
        _options = options;
        _folder = folder;
        Ports = [.. Enumerable.Range(options.FirstPort, options.Readers)];
    }

    /// <summary>The value of <see cref="SocketVariable"/> for programs that are to use this daemon; the same after a restart.</summary>
    public string SocketPath => _folder.Socket;

    /// <summary>The readers' TCP ports, in the order in which the daemon lists the readers.</summary>
    public IReadOnlyList<int> Ports { get; }

    /// <summary>Starts a daemon and waits until it answers and its readers listen.</summary>
    /// <exception cref="PcscdUnavailableException">Not installed, a port is taken, or it did not come up in time.</exception>
    public static async Task<PrivatePcscd> StartAsync(PcscdOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Readers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Readers, PcscdOptions.MaximumReaders);
        if (!OperatingSystem.IsLinux())
            throw new PcscdUnavailableException("Virtual readers need Linux: pcscd and its vpcd driver.");
        var daemon = new PrivatePcscd(options, PcscdFolder.Prepare(options));
        try
        {
            await daemon.StartAsync(cancellationToken);
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again after <see cref="StopAsync"/> or <see cref="KillAsync"/>, on the same socket and ports.</summary>
    /// <exception cref="InvalidOperationException">It runs.</exception>
    /// <exception cref="PcscdUnavailableException">A port is taken, or it did not come up in time.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_process is not null)
            throw new InvalidOperationException("The daemon is running.");
        if (ListeningPorts().Intersect(Ports).Order().Cast<int?>().FirstOrDefault() is { } taken)
            throw new PcscdUnavailableException($"TCP port {taken} is taken; choose other ports for the virtual readers.");
        _process = await PcscdProcess.StartAsync(_folder, cancellationToken);
        await WaitUntilReadyAsync(_process, cancellationToken);
    }

    /// <summary>Ends it as an administrator would (SIGTERM). Nothing happens when it does not run.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => EndAsync(Libc.SignalTerminate, cancellationToken);

    /// <summary>Ends it as a crash would (SIGKILL). Nothing happens when it does not run.</summary>
    public Task KillAsync(CancellationToken cancellationToken = default) => EndAsync(Libc.SignalKill, cancellationToken);

    /// <summary>
    /// Stops and starts it: programs lose their contexts, cards inserted with <see cref="VpcdOptions.ReinsertOnReconnect"/>
    /// come back.
    /// </summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await StopAsync(cancellationToken);
        await StartAsync(cancellationToken);
    }

    /// <summary>Consecutive TCP ports nobody listens on just now.</summary>
    /// <param name="count">How many.</param>
    /// <param name="from">Where to begin looking. Stay below the ports that the system gives to outgoing connections (32768).</param>
    public static int FindFreePorts(int count, int from)
    {
        var taken = ListeningPorts();
        for (var first = from; first + count <= IPEndPoint.MaxPort; first += count)
        {
            if (!taken.Overlaps(Enumerable.Range(first, count)))
                return first;
        }
        throw new PcscdUnavailableException($"There are no {count} free TCP ports in a row from {from} on.");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Remove();
    }

    private async Task EndAsync(int signal, CancellationToken cancellationToken)
    {
        if (_process is not { } process)
            return;
        await process.EndAsync(signal, cancellationToken);
        process.Dispose();
        _process = null;
    }

    private async Task WaitUntilReadyAsync(PcscdProcess process, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.StartTimeout);
        try
        {
            while (!ListeningPorts().IsSupersetOf(Ports))
            {
                if (process.HasExited)
                    throw new PcscdUnavailableException($"pcscd ended at once: {_folder.LastWords()}");
                await Task.Delay(PollInterval, timeout.Token);
            }
            await PcscdGreeting.ExchangeAsync(SocketPath, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PcscdUnavailableException(
                $"pcscd did not come up within {_options.StartTimeout.TotalSeconds:0} s: {_folder.LastWords()}");
        }
    }

    private static HashSet<int> ListeningPorts() =>
        [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port)];
}
