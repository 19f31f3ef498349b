using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Jpki.Benchmarks.Harness;

namespace Jpki.Benchmarks.Stages;

/// <summary>A server of ours or of a peer, which ends with the stage.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int LinesKept = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly Process _process;
    private readonly Queue<string> _said = [];

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public long PeakMemory => Status("VmHWM:");

    public long Memory => Status("VmRSS:");

    /// <exception cref="NotAvailableException">There is no such program.</exception>
    public static ChildProcess Start(string program, IReadOnlyList<string> arguments, Dictionary<string, string>? environment = null, string? folder = null)
    {
        var start = Tool.Describe(program, arguments, folder);
        foreach (var (name, value) in environment ?? [])
            start.Environment[name] = value;
        var child = new ChildProcess(new Process { StartInfo = start });
        child._process.OutputDataReceived += (_, line) => child.Keep(line.Data);
        child._process.ErrorDataReceived += (_, line) => child.Keep(line.Data);
        Tool.Launch(child._process);
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits until it has ended, and tells the most memory it was seen to have, in octets.</summary>
    /// <exception cref="NotAvailableException">It ended with anything but 0.</exception>
    public async Task<long> PeakUntilItEndsAsync(CancellationToken cancellation)
    {
        var peak = 0L;
        for (; !_process.HasExited; await Task.Delay(Pause / 10, cancellation))
        {
            try
            {
                peak = long.Max(peak, PeakMemory);
            }
            catch (Exception gone) when (gone is IOException or InvalidOperationException)
            {
                // Ended in between, and has no memory any more.
            }
        }

        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode == 0 ? peak : throw new NotAvailableException($"{_process.StartInfo.FileName} ended with {_process.ExitCode}: {Said}");
    }

    /// <summary>Waits until it takes connections: some servers have no page that could be asked for.</summary>
    /// <exception cref="NotAvailableException">It ended, or did not listen in time.</exception>
    public async Task ListeningAsync(int port, TimeSpan patience, CancellationToken cancellation)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < patience && !_process.HasExited; await Task.Delay(Pause, cancellation))
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync("127.0.0.1", port, cancellation);
                return;
            }
            catch (SocketException)
            {
                // Not yet listening.
            }
        }

        throw new NotAvailableException($"{_process.StartInfo.FileName} did not come up: {Said}");
    }

    /// <summary>Waits until it answers with success.</summary>
    /// <exception cref="NotAvailableException">It ended, or did not answer in time.</exception>
    public async Task ReadyAsync(Uri address, TimeSpan patience, CancellationToken cancellation)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < patience && !_process.HasExited; await Task.Delay(Pause, cancellation))
        {
            try
            {
                using var answer = await http.GetAsync(address, cancellation);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception notYet) when (notYet is HttpRequestException || (notYet is TaskCanceledException && !cancellation.IsCancellationRequested))
            {
                // Not yet listening, or too busy starting.
            }
        }

        throw new NotAvailableException($"{_process.StartInfo.FileName} did not come up: {Said}");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _ = Kill(_process.Id, Terminate);
        using var patience = new CancellationTokenSource(Patience);
        await _process.WaitForExitAsync(patience.Token);
        _process.Dispose();
    }

    private string Said
    {
        get
        {
            lock (_said)
                return string.Join(' ', _said);
        }
    }

    /// <returns>A line in kibibytes of proc(5), status, as octets.</returns>
    private long Status(string name) => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ')[^2],
        CultureInfo.InvariantCulture) * 1024;

    private void Keep(string? line)
    {
        lock (_said)
        {
            if (line is null)
                return;
            _said.Enqueue(line);
            if (_said.Count > LinesKept)
                _said.Dequeue();
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
