using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Jpki.Domain.Identifiers;
using Jpki.Silo.Security;

namespace Jpki.Benchmarks.Stages;

/// <summary>The back office as a process of its own, in its Release build, with the database that the baselines use too.</summary>
internal sealed class BenchSilo : IAsyncDisposable
{
    public const string CityHall = "132070001";

    // A Monday morning within reception hours.
    private const string Morning = "2026-06-01T09:00:00+09:00";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly ChildProcess _process;

    private BenchSilo(string folder, Uri address, Uri publicAddress, ChildProcess process) =>
        (_folder, Address, PublicAddress, _process) = (folder, address, publicAddress, process);

    public Uri Address { get; }

    /// <summary>The side of the relying parties, ending in <c>pki/</c>.</summary>
    public Uri PublicAddress { get; }

    /// <summary>Its greatest resident memory so far, octets (proc(5), VmHWM).</summary>
    public long PeakMemory => _process.PeakMemory;

    /// <summary>Its resident memory now, octets.</summary>
    public long Memory => _process.Memory;

    public int ProcessId => _process.Id;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="program">The silo's assembly; none for the one built with this program.</param>
    public static async Task<BenchSilo> StartAsync(string folder, string connectionString, CancellationToken cancellation, string? program = null)
    {
        var ports = FreePorts(4);
        var settings = Settings(folder, connectionString, ports).ToDictionary(each => each.Key.Replace(":", "__", StringComparison.Ordinal), each => each.Value);
        settings["ASPNETCORE_ENVIRONMENT"] = "Development";
        var process = ChildProcess.Start("dotnet", [program ?? Path.Combine(AppContext.BaseDirectory, "Jpki.Silo.dll")], settings);
        var (address, publicAddress) = (settings["Urls"], settings["Public__Urls"]);
        var silo = new BenchSilo(folder, new(address), new(publicAddress + "/pki/"), process);
        await process.ReadyAsync(new(silo.Address, "health/ready"), Patience, cancellation);
        return silo;
    }

    /// <summary>A silo's configuration.</summary>
    /// <param name="ports">Four.</param>
    public static Dictionary<string, string> Settings(string folder, string connectionString, IReadOnlyList<int> ports) => new()
    {
        ["DataFolder"] = folder,
        ["Ledger:ConnectionString"] = connectionString,
        ["Urls"] = Loopback(ports[0]),
        ["Public:Urls"] = Loopback(ports[1]),
        ["Orleans:SiloPort"] = ports[2].ToString(CultureInfo.InvariantCulture),
        ["Orleans:GatewayPort"] = ports[3].ToString(CultureInfo.InvariantCulture),
        ["Clock:PlayFrom"] = Morning,
    };

    /// <summary>A line to the API signed in as a role.</summary>
    /// <param name="connections">As many calls at once, each on a connection of its own.</param>
    public HttpClient Line(string role, int connections) =>
        new(new SocketsHttpHandler { MaxConnectionsPerServer = connections })
        {
            BaseAddress = Address,
            Timeout = TimeSpan.FromMinutes(10),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token(role)) },
        };

    /// <summary>A token for a role, good for longer than any run.</summary>
    public string Token(string role)
    {
        var key = DevelopmentTokens.OpenKey(Path.Combine(_folder, "tokens", "development-key.pem"));
        OfficeCode? office = role is "clerk" or "registry" ? OfficeCode.Parse(CityHall) : null;
        return DevelopmentTokens.Issue(key, "jpki-orleans", $"{role}-bench", role, office, TimeSpan.FromHours(4), TimeProvider.System);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static string Loopback(int port) => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}");

    /// <summary>Ports nobody has now.</summary>
    public static int[] FreePorts(int count)
    {
        var probes = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        probes.ForEach(each => each.Start());
        int[] ports = [.. probes.Select(each => ((IPEndPoint)each.LocalEndpoint).Port)];
        probes.ForEach(each => each.Dispose());
        return ports;
    }
}
