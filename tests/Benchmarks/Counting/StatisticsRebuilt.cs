using System.Diagnostics;
using System.Globalization;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Counting;

/// <summary>All statistics made anew, beside the least that could read the same rows.</summary>
internal sealed class StatisticsRebuilt : Measure
{
    private const int Events = 1_000_000;
    private const int QuickEvents = 100_000;

    private CountedCity? _city;

    public override string Name => "statistics-rebuild";

    public override string Unit => "s";

    public override string Note => string.Create(
        CultureInfo.InvariantCulture,
        $"Ours: {Events:#,##0} events of an invented city ({QuickEvents:#,##0} with --quick) folded from the first, cells and residents stored, compared with what was "
        + $"kept, changed over. Baseline: COPY of the same rows TO STDOUT (FORMAT BINARY), the octets read and dropped. Same server.");

    public override Bar Bar { get; } = new Bar.RatioAtMost(2);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation) =>
        _city = await CountedCity.OpenAsync(stage, stage.IsQuick ? QuickEvents : Events, cancellation);

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await _city!.RebuildAsync(cancellation);
        return clock.Elapsed.TotalSeconds;
    }

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await using var connection = await _city!.Source.OpenConnectionAsync(cancellation);
        await using var rows = await connection.BeginRawBinaryCopyAsync("copy ledger.mt_events to stdout (format binary)", cancellation);
        await rows.CopyToAsync(Stream.Null, 1 << 20, cancellation);
        return clock.Elapsed.TotalSeconds;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_city is not null)
            await _city.DisposeAsync();
        await base.DisposeAsync();
    }
}
