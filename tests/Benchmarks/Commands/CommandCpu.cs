using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Npgsql;

namespace Jpki.Benchmarks.Commands;

/// <summary>Processor time of a command, whoever takes it: what is left of a throughput when the machine is busy with something else too.</summary>
internal sealed class CommandCpu(Door door) : Measure
{
    private const int Callers = 256;
    private const int Connections = 32;
    private const double Microseconds = 1e6;
    private ICallers? _callers;
    private BareTable? _bare;
    private int _postmaster;
    private int? _silo;

    public override string Name => door == Door.Api ? "command-cpu-api" : "command-cpu-grain";

    public override string Unit => "µs CPU/command";

    public override string Note =>
        $"As the throughput with {Callers} callers, but counted in processor time of all that take part: the callers, "
        + (door == Door.Api ? "the silo" : "the silo in the same process") + $" and PostgreSQL. Baseline: {Connections} Npgsql connections and PostgreSQL.";

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        _callers = await Commands.Callers.AtAsync(door, stage, Callers, cancellation);
        var database = await stage.DatabaseAsync(Commands.Callers.DatabaseOf(door), cancellation);
        _bare = await BareTable.CreateAsync(database, Connections, cancellation);
        _silo = door == Door.Api ? (await stage.SiloAsync(cancellation)).ProcessId : null;
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellation);
        _postmaster = CpuTime.ParentOf(connection.ProcessID) ?? throw new NotAvailableException("PostgreSQL is not on this machine.");
    }

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) =>
        CostAsync(Callers, _callers!.Lives.NextAsync, round, cancellation);

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) =>
        await CostAsync(Connections, (_, stop) => _bare!.InsertAsync(stop), round, cancellation);

    public override async ValueTask DisposeAsync()
    {
        _callers?.Dispose();
        if (_bare is not null)
            await _bare.DisposeAsync();
        await base.DisposeAsync();
    }

    private async Task<double> CostAsync(int callers, Func<int, CancellationToken, Task> once, Round round, CancellationToken cancellation)
    {
        var before = Spent();
        var done = await Pace.OfCallersAsync(callers, round.Length, once, cancellation) * round.Length.TotalSeconds;
        return (Spent() - before).TotalSeconds / done * Microseconds;
    }

    private TimeSpan Spent() =>
        CpuTime.Of(Environment.ProcessId) + CpuTime.OfFamily(_postmaster) + (_silo is { } silo ? CpuTime.Of(silo) : TimeSpan.Zero);
}
