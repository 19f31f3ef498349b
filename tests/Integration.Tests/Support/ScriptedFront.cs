using Jpki.Counter.Gateway.Procedures;

namespace Jpki.Integration.Tests.Support;

/// <summary>The people at the counter: the resident types what is asked for, the clerk does what an interruption asks and goes on.</summary>
internal sealed class ScriptedFront(Person person) : ICounterFront
{
    /// <summary>What a new PIN is to be, where it differs from the present one.</summary>
    public Func<PinRequest, string?> Type { get; set; } = request => person.Pins[request.Kind];

    /// <summary>What the clerk does about an interruption; by default gives up.</summary>
    public Func<Stop, Task<bool>> Continue { get; set; } = _ => Task.FromResult(false);

    public List<ProcedureStep> Steps { get; } = [];

    public List<Stop> Interruptions { get; } = [];

    public List<PinRequest> Asked { get; } = [];

    public void Show(ProcedureStep step) => Steps.Add(step);

    public Task<bool> ContinueAsync(Stop interruption, CancellationToken cancellationToken)
    {
        Interruptions.Add(interruption);
        return Continue(interruption);
    }

    public Task<char[]?> AskPinAsync(PinRequest request, CancellationToken cancellationToken)
    {
        Asked.Add(request);
        return Task.FromResult(Type(request)?.ToCharArray());
    }
}
