using System.Diagnostics;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Jpki.Domain.Identifiers;

namespace Jpki.Benchmarks.Revocation;

/// <summary>What one more revocation costs when many certificates are revoked already.</summary>
/// <param name="already">Revoked before, beside how it was with none of them.</param>
internal sealed class OneMoreRevocation(int already) : Measure
{
    private const int Samples = 50;

    // The same silo with a register of its own, for the two sides stand beside each other.
    private Town _full = null!;
    private Stage? _emptyStage;
    private Town _empty = null!;

    public override string Name => $"one-more-revocation-at-{FilledRegister.Shorten(already)}";

    public override string Unit => "ms";

    public override string Note =>
        $"The median of {Samples} suspensions through the API, one after the other. Ours: with {already:#,##0} certificates revoked already. "
        + "Baseline: a second silo on a second database server, with none.";

    public override Bar Bar { get; } = new Bar.RatioAtMost(1.25);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        _full = await stage.TownAsync(cancellation);
        using var responder = await Responder.FindAsync(await stage.SiloAsync(cancellation), cancellation);
        await using (var register = await FilledRegister.OpenAsync(stage, responder.Issuer, cancellation))
            await register.FillAsync(already, cancellation);
        _emptyStage = new(stage.IsQuick);
        _empty = await _emptyStage.TownAsync(cancellation);
    }

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) => SuspendAsync(_full, cancellation);

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation) => await SuspendAsync(_empty, cancellation);

    public override async ValueTask DisposeAsync()
    {
        if (_emptyStage is not null)
            await _emptyStage.DisposeAsync();
        await base.DisposeAsync();
    }

    private static async Task<double> SuspendAsync(Town town, CancellationToken cancellation)
    {
        List<ResidentId> residents = [];
        for (var i = 0; i < Samples; i++)
            residents.Add((await town.NewCertificateAsync(cancellation)).Resident);
        List<double> took = [];
        foreach (var resident in residents)
        {
            var clock = Stopwatch.StartNew();
            await town.SuspendAsync(resident, cancellation);
            took.Add(clock.Elapsed.TotalMilliseconds);
        }

        return Statistics.Median(took);
    }
}
