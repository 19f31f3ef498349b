using System.Diagnostics;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Jpki.Domain.Identifiers;

namespace Jpki.Benchmarks.Revocation;

/// <summary>How long after the call centre was told "done" a relying party still hears "good".</summary>
/// <param name="share">Of the suspensions in a round, 0.5 for the median.</param>
internal sealed class RevocationVisible(double share, bool inDelta) : Measure
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(2);

    private Town _town = null!;
    private Responder? _responder;
    private DeltaList? _delta;
    private int _samples;

    public override string Name => $"suspension-to-{(inDelta ? "delta" : "ocsp")}-p{share * 100:0}";

    public override string Unit => "s";

    public override string Note =>
        $"From the answer to suspend-certificates (durable) to the first {(inDelta ? "delta list that has it" : "OCSP answer that says so")}, asked every few "
        + "milliseconds over HTTP; the figure of a round's suspensions, one after the other.";

    public override Bar Bar { get; } = new Bar.AtMost(inDelta ? 60 : 1);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        _town = await stage.TownAsync(cancellation);
        var silo = await stage.SiloAsync(cancellation);
        _responder = await Responder.FindAsync(silo, cancellation);
        // A delta may take as long as its interval: few are as good as many.
        _samples = (inDelta, stage.IsQuick) switch { (true, true) => 1, (true, false) => 3, (false, true) => 20, (false, false) => 100 };
        if (!inDelta)
            return;
        await _town.PublishListsAsync(cancellation);
        _delta = new DeltaList(silo, _responder.Issuer);
    }

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation)
    {
        var seconds = new List<double>();
        for (var sample = 0; sample < _samples; sample++)
        {
            var (resident, serial) = await _town.NewCertificateAsync(cancellation);
            if (await IsVisibleAsync(serial, cancellation))
                throw new InvalidOperationException("A certificate just issued is said to be revoked.");
            await _town.SuspendAsync(resident, cancellation);
            var clock = Stopwatch.StartNew();
            while (!await IsVisibleAsync(serial, cancellation))
                await Task.Delay(Pause, cancellation);
            seconds.Add(clock.Elapsed.TotalSeconds);
        }

        return Statistics.Percentile(seconds, share);
    }

    public override ValueTask DisposeAsync()
    {
        _responder?.Dispose();
        _delta?.Dispose();
        return base.DisposeAsync();
    }

    private Task<bool> IsVisibleAsync(SerialNumber serial, CancellationToken cancellation) =>
        _delta is { } delta ? delta.HasAsync(serial, cancellation) : _responder!.SaysRevokedAsync(serial, cancellation);
}
