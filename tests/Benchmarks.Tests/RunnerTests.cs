using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Tests;

public sealed class RunnerTests
{
    [Fact]
    public async Task Both_sides_take_turns_and_the_warming_round_does_not_count()
    {
        await using var stage = new Stage(isQuick: true);
        var measure = new Recording();

        var result = await new Runner(stage, rounds: 2, TimeSpan.Zero).TakeAsync(measure, TestContext.Current.CancellationToken);

        Assert.Equal(["ours 0", "baseline 0", "baseline 1", "ours 1", "ours 2", "baseline 2"], measure.Turns);
        var taken = Assert.IsType<Result.Taken>(result);
        Assert.Equal([1, 2], taken.Rounds.Ours);
        Assert.Equal([10, 20], taken.Rounds.Baseline);
        Assert.True(measure.IsDisposed);
    }

    [Fact]
    public async Task What_is_not_to_be_had_is_said_and_does_not_stop_the_others()
    {
        await using var stage = new Stage(isQuick: true);

        var result = await new Runner(stage, rounds: 1, TimeSpan.Zero)
            .TakeAsync(new Recording { Missing = "no such program" }, TestContext.Current.CancellationToken);

        Assert.Equal("no such program", Assert.IsType<Result.NotAvailable>(result).Reason);
    }

    private sealed class Recording : Measure
    {
        public List<string> Turns { get; } = [];

        public string? Missing { get; init; }

        public bool IsDisposed { get; private set; }

        public override string Name => "recording";

        public override string Unit => "turns";

        public override string Note => "";

        public override Task PrepareAsync(Stage stage, CancellationToken cancellation) =>
            Missing is null ? Task.CompletedTask : throw new NotAvailableException(Missing);

        public override Task<double> OursAsync(Round round, CancellationToken cancellation)
        {
            Turns.Add($"ours {round.Number}");
            return Task.FromResult<double>(round.Number);
        }

        public override Task<double?> BaselineAsync(Round round, CancellationToken cancellation)
        {
            Turns.Add($"baseline {round.Number}");
            return Task.FromResult<double?>(round.Number * 10);
        }

        public override ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return base.DisposeAsync();
        }
    }
}
