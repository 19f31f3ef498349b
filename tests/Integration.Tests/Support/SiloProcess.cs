using System.Diagnostics;
using System.Globalization;

namespace Jpki.Integration.Tests.Support;

/// <summary>What a program said until it ended.</summary>
internal sealed record ProgramEnd(int ExitCode, string Output, string Errors);

/// <summary>The back office as a process of its own, the way an operator starts it.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    /// <summary>A Monday morning within reception hours, on which the played clock starts.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 6, 1, 9, 0, 0, TimeSpan.FromHours(9));

    private const int Terminate = 15;

    private readonly Dictionary<string, string> _settings;
    private readonly List<string> _log = [];
    private Process _process;

    private SiloProcess(Dictionary<string, string> settings, Uri address)
    {
        (_settings, Address) = (settings, address);
        _process = Launch();
    }

    public Uri Address { get; }

    /// <summary>The side of the relying parties, ending in <c>pki/</c>.</summary>
    public Uri PublicAddress => new(new Uri(_settings["Public__Urls"]), "pki/");

    /// <summary>The operating system's number of its present life.</summary>
    internal int Id => _process.Id;

    /// <summary>Everything it wrote to its output and errors so far, over all its lives.</summary>
    public string Log
    {
        get
        {
            lock (_log)
                return string.Join('\n', _log);
        }
    }

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="folder">Its data folder.</param>
    /// <param name="settings">Configuration besides, as environment variables; they win over those set here.</param>
    public static async Task<SiloProcess> StartAsync(string folder, params (string Name, string Value)[] settings)
    {
        var port = Ports.Take(4);
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");
        var all = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DataFolder"] = folder,
            ["Urls"] = address,
            ["Public__Urls"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port + 3}"),
            ["Orleans__SiloPort"] = (port + 1).ToString(CultureInfo.InvariantCulture),
            ["Orleans__GatewayPort"] = (port + 2).ToString(CultureInfo.InvariantCulture),
            ["Clock__PlayFrom"] = Morning.ToString("O", CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in settings)
            all[name] = value;

        var silo = new SiloProcess(all, new Uri(address));
        try
        {
            await silo.WaitUntilReadyAsync();
            return silo;
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs it to its end: for commands, and for configurations it refuses.</summary>
    internal static async Task<ProgramEnd> RunAsync(IReadOnlyList<string> arguments, params (string Name, string Value)[] settings)
    {
        using var process = Process.Start(Describe(arguments, settings.ToDictionary(each => each.Name, each => each.Value)))!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new(process.ExitCode, await output, await errors);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Ends it as a power cut would (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it again with the same configuration, after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        _process.Dispose();
        _process = Launch();
        await WaitUntilReadyAsync();
    }

    /// <summary>Ends it as an operator would (SIGTERM): a private database stops with it.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited)
            return;

        _ = NativeMethods.Kill(_process.Id, Terminate);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await _process.WaitForExitAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
    }

    private Process Launch()
    {
        var process = new Process { StartInfo = Describe([], _settings) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        lock (_log)
        {
            if (line is not null)
                _log.Add(line);
        }
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.TrueAsync("the silo's readiness", async () =>
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The silo ended with {_process.ExitCode}:\n{Log}");
            try
            {
                using var answer = await http.GetAsync("health/ready", TestContext.Current.CancellationToken);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    private static ProcessStartInfo Describe(IReadOnlyList<string> arguments, Dictionary<string, string> settings)
    {
        var start = Programs.Ours("Jpki.Silo", arguments);
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return start;
    }
}
