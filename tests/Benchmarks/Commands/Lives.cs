using Jpki.Benchmarks.Stages;
using Jpki.Domain.Identifiers;

namespace Jpki.Benchmarks.Commands;

/// <summary>Short lives, one after the other for each caller: registered, then moved four times. Each command leaves one event.</summary>
internal sealed class Lives(Town town, int callers)
{
    private const int Events = 5;

    private readonly (ResidentId Resident, int Done)[] _present = new (ResidentId, int)[callers];

    /// <summary>The caller's next command.</summary>
    public async Task NextAsync(int caller, CancellationToken cancellation)
    {
        var (resident, done) = _present[caller];
        if (done % Events == 0)
            await town.RegisterAsync(resident = town.NewResident(), cancellation);
        else
            await town.MoveAsync(resident, done % Events, cancellation);
        _present[caller] = (resident, done + 1);
    }
}
