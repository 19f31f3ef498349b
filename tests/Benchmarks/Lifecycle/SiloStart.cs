using System.Diagnostics;
using Jpki.Benchmarks.Commands;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Lifecycle;

/// <summary>From starting the process to the answer to its first command.</summary>
internal sealed class SiloStart : Measure
{
    private string _program = "";
    private string _folder = "";
    private string _database = "";
    private int _number;

    public override string Name => "silo-start";

    public override string Unit => "s";

    public override string Note =>
        "Published ReadyToRun, on a database and authorities that exist: from starting the process to its answer to the first command, which is durable.";

    public override Bar Bar { get; } = new Bar.AtMost(1.5);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        _program = await PublishedSilo.ProgramAsync(stage, cancellation);
        (_folder, _database) = (stage.Folder("starting"), await stage.DatabaseAsync("starting", cancellation));
    }

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await using var silo = await BenchSilo.StartAsync(_folder, _database, cancellation, _program);
        using var line = await PlainLine.ConnectAsync(silo.Address, cancellation);
        var first = new ReadyCommand(Lives.Commands[0], silo.Address, silo.Token("registry"));
        var resident = Domain.Identifiers.ResidentId.Parse(FormattableString.Invariant($"{BenchSilo.CityHall[..5]}-{++_number:D8}"));
        var status = await line.AskAsync(first.For(resident, Guid.CreateVersion7(), new byte[ReadyCommand.Longest]), cancellation);
        return status == 200 ? clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"The first command was answered with {status}.");
    }
}
