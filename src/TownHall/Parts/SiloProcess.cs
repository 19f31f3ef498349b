using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Jpki.TownHall.Parts;

/// <summary>業務システム: the back office as a process of its own, with its private PostgreSQL.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private const string Assembly = "Jpki.Silo";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;

    private SiloProcess(Process process, Uri address, Uri publicAddress) => (_process, Address, PublicAddress) = (process, address, publicAddress);

    /// <summary>Where its API answers.</summary>
    public Uri Address { get; }

    /// <summary>Where relying parties are answered.</summary>
    public Uri PublicAddress { get; }

    /// <param name="folder">Its data folder; its output goes to <c>silo.log</c> there.</param>
    /// <param name="playFrom">Where its clock starts.</param>
    /// <exception cref="TownHallException">It did not come up.</exception>
    public static async Task<SiloProcess> StartAsync(string folder, DateTimeOffset playFrom, CancellationToken cancellationToken)
    {
        var ports = FreePorts(4, preferred: [5080, 11111, 30000, 5081]);
        var address = new Uri($"http://127.0.0.1:{ports[0]}");
        var publicAddress = new Uri($"http://127.0.0.1:{ports[3]}");
        var start = ChildProcess.Ours(Assembly);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["DataFolder"] = folder;
        start.Environment["Urls"] = address.ToString();
        start.Environment["Orleans__SiloPort"] = ports[1].ToString(CultureInfo.InvariantCulture);
        start.Environment["Orleans__GatewayPort"] = ports[2].ToString(CultureInfo.InvariantCulture);
        start.Environment["Public__Urls"] = publicAddress.ToString();
        // A day is played in seconds, and its record is to be proven at the end of it.
        start.Environment["Audit__CheckpointEvery"] = "00:00:01";
        start.Environment["Clock__PlayFrom"] = playFrom.ToString("O", CultureInfo.InvariantCulture);
        var process = ChildProcess.Start(start);
        var log = new StreamWriter(Path.Combine(folder, "silo.log"), append: true) { AutoFlush = true };
        Copy(process, log);
        var silo = new SiloProcess(process, address, publicAddress);
        try
        {
            await silo.WaitUntilReadyAsync(folder, cancellationToken);
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>A development token; the silo holds the key and signs it.</summary>
    public static async Task<string> TokenAsync(string folder, string role, string? office, string subject, CancellationToken cancellationToken)
    {
        var start = ChildProcess.Ours(Assembly, ["token", "--role", role, "--subject", subject, .. office is null ? [] : new[] { "--office", office }]);
        start.Environment["DataFolder"] = folder;
        var result = await ChildProcess.RunAsync(start, cancellationToken);
        return result.Succeeded ? result.Output.Trim() : throw new TownHallException($"No token for {role}: {result.Error}");
    }

    /// <summary>Ends it as an operator would (SIGTERM): it stops its database with it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            using var kill = ChildProcess.Start(ChildProcess.Tool("kill", "-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)));
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            try
            {
                await _process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync(string folder, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(2) };
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < _patience)
        {
            if (_process.HasExited)
                throw new TownHallException($"The silo ended at once; its last words are in {Path.Combine(folder, "silo.log")}.");
            try
            {
                if ((await http.GetAsync("health/ready", cancellationToken)).IsSuccessStatusCode)
                    return;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // Not listening yet.
            }

            await Task.Delay(100, cancellationToken);
        }

        throw new TownHallException($"The silo is not ready after {_patience.TotalSeconds:0} s; see {Path.Combine(folder, "silo.log")}.");
    }

    private static void Copy(Process process, TextWriter log)
    {
        var gate = new Lock();
        void Line(object _, DataReceivedEventArgs line)
        {
            lock (gate)
            {
                if (line.Data is not null)
                    log.WriteLine(line.Data);
            }
        }

        process.OutputDataReceived += Line;
        process.ErrorDataReceived += Line;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private static int[] FreePorts(int count, int[] preferred) =>
        [.. Enumerable.Range(0, count).Select(index => IsFree(preferred[index]) ? preferred[index] : AnyFree())];

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(System.Net.IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int AnyFree()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
