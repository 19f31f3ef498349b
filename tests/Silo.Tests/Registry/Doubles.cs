using System.Collections.Concurrent;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Grains;
using Jpki.Silo.Journal;
using Jpki.Silo.Registry;
using Jpki.Silo.Tests.Grains;
using Jpki.Silo.Tests.Journal;
using Jpki.Silo.Validation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jpki.Silo.Tests.Registry;

/// <summary>Residents that answer what the test wants; by default each change once, and then as done before.</summary>
internal sealed class FakeDoor : IResidentDoor
{
    private readonly ConcurrentDictionary<(ResidentId, CommandId), bool> _done = [];

    public FakeDoor() => Answer = (resident, envelope, by) => Task.FromResult(Usual(resident, envelope, by));

    public Func<ResidentId, CommandEnvelope, Actor, Task<ResidentAnswer>> Answer { get; set; }

    public Func<ResidentId, CommandEnvelope, ResidentAnswer> Weighing { get; set; } = (_, _) => new ResidentAnswer.Acceptable();

    public ConcurrentQueue<(ResidentId Resident, CommandId Id)> Asked { get; } = [];

    public Task<ResidentAnswer> SubmitAsync(ResidentId resident, CommandEnvelope envelope, Actor by)
    {
        Asked.Enqueue((resident, envelope.CommandId));
        return Answer(resident, envelope, by);
    }

    public Task<ResidentAnswer> WeighAsync(ResidentId resident, CommandEnvelope envelope, Actor by) =>
        Task.FromResult(Weighing(resident, envelope));

    public ResidentAnswer Usual(ResidentId resident, CommandEnvelope envelope, Actor by) =>
        Done(resident, envelope, by, repeated: !_done.TryAdd((resident, envelope.CommandId), true));

    public static ResidentAnswer Done(ResidentId resident, CommandEnvelope envelope, Actor by, bool repeated)
    {
        ResidentEvent happened = envelope.Command is RegisterResident register
            ? new ResidentRegistered(register.Attributes, register.OccurredOn)
            : new FourAttributesChanged(((ChangeAttributes)envelope.Command).Attributes, [AttributeKind.Address], default);
        var provenance = new Provenance(envelope.CommandId, envelope.Command.Name(), by, default, "akishima-2018");
        return new ResidentAnswer.Done(new(envelope.CommandId, [new(resident, 1, happened, provenance)]), repeated);
    }
}

/// <summary>Pauses pass at once; which there were is kept.</summary>
internal sealed class HurriedTime : TimeProvider
{
    public ConcurrentQueue<TimeSpan> Pauses { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Pauses.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}

/// <summary>A feed over a fake door.</summary>
internal sealed class FeedBench
{
    public static readonly Actor Registry = new("registry-1", Role.Registry, OfficeCode.Parse("132070001"));

    public FeedBench() => Feed = new RegistryFeed(
        new ChangeReader(new EnvelopeValidator()),
        new ChangeSubmission(
            new PatientDoor(Door, Time, NullLogger<PatientDoor>.Instance),
            new OfficeJournal(Journal, new FakeTown(), new FixedClock(), NullLogger<OfficeJournal>.Instance)));

    public FakeDoor Door { get; } = new();

    public HurriedTime Time { get; } = new();

    public FakeJournal Journal { get; } = new();

    public RegistryFeed Feed { get; }

    public async Task<(List<LineReport> Reports, FeedSummary Summary)> TakeAsync(params IEnumerable<string> lines)
    {
        var reports = new List<LineReport>();
        var summary = await Feed.TakeAsync(Lines.Pipe(lines), Registry, Keep, TestContext.Current.CancellationToken);
        return (reports, summary);

        ValueTask Keep(LineReport report)
        {
            reports.Add(report);
            return ValueTask.CompletedTask;
        }
    }
}
