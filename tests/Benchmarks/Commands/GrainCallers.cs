using Jpki.Benchmarks.Stages;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Grains;

namespace Jpki.Benchmarks.Commands;

/// <summary>Callers of the residents' grains within the silo's process.</summary>
internal sealed class GrainCallers : ICallers
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly Actor Registry = new("registry-bench", Role.Registry, OfficeCode.Parse(BenchSilo.CityHall));

    private readonly HostedSilo _silo;

    public GrainCallers(HostedSilo silo, int callers)
    {
        _silo = silo;
        Lives = new(callers, silo.NewResident, SendAsync);
    }

    public Lives Lives { get; }

    public void Dispose()
    {
        // The silo is the stage's.
    }

    public async ValueTask SendAsync(int caller, LifeStep step, CancellationToken cancellation)
    {
        var grain = _silo.Grains.GetGrain<IResidentGrain>(step.Resident.Value);
        var message = new ResidentMessage.Submit(new(new(step.Command), Lives.Commands[step.Index]), Registry);
        for (var attempt = 1; await grain.Handle(message) is not ResidentAnswer.Done; attempt++)
        {
            if (attempt == Attempts)
                throw new InvalidOperationException("A command was not taken.");
            await Task.Delay(Pause, cancellation);
        }
    }
}
