using Jpki.Domain;
using Jpki.Domain.Bulk;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Grains;
using Jpki.Silo.Bulk;
using Jpki.Silo.Registry;
using Jpki.Silo.Tests.Registry;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jpki.Silo.Tests.Bulk;

/// <summary>One line, by two officers, whatever its resident answers.</summary>
public sealed class BulkLineWorkTests
{
    private static readonly Actor _first = new("supervisor-1", Role.Supervisor, OfficeCode.Parse("132070001"));
    private static readonly Actor _second = _first with { Subject = "supervisor-2" };
    private static readonly BulkRevocation _bulk = new(new(Guid.CreateVersion7()), ExOfficioReason.RecordingError, _first, default, "");
    private static readonly BulkLine _line = new(2, ResidentId.Parse("13207-00000001"), SerialNumber.Parse("0a01"));

    private readonly FakeDoor _door = new();
    private readonly List<(string Command, string By)> _sent = [];

    [Fact]
    public async Task The_first_officer_proposes_and_the_second_confirms()
    {
        Answer(_ => null);

        Assert.Equal(new(2, _line, BulkOutcome.Done), await CarryOutAsync());
        Assert.Equal([("propose-exception", "supervisor-1"), ("confirm-proposal", "supervisor-2")], _sent);
    }

    [Fact]
    public async Task What_its_resident_refuses_has_failed_and_nobody_confirms_it()
    {
        Answer(_ => new ResidentAnswer.Refused(Refusals.NothingToRevoke()));

        Assert.Equal((BulkOutcome.Failed, "NothingToRevoke"), await FailureAsync());
        Assert.Single(_sent);
    }

    [Fact]
    public async Task What_ended_between_the_two_does_not_go_on_waiting_with_its_resident()
    {
        Answer(command => command is ConfirmProposal ? new ResidentAnswer.Refused(Refusals.NothingToRevoke()) : null);

        Assert.Equal((BulkOutcome.Failed, "NothingToRevoke"), await FailureAsync());
        Assert.Equal(("withdraw-proposal", "supervisor-2"), _sent[^1]);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task While_the_outcome_is_unknown_nothing_is_said_about_it()
    {
        Answer(command => command is ConfirmProposal ? new ResidentAnswer.TryAgain() : null);

        Assert.Null(await CarryOutAsync());
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task An_id_that_somebody_else_used_does_not_make_it_look_done()
    {
        Answer(_ => null, answersAs: _first with { Subject = "clerk-1" });

        Assert.Equal((BulkOutcome.Failed, "CommandIdTaken"), await FailureAsync());
    }

    private void Answer(Func<ResidentCommand, ResidentAnswer?> otherwise, Actor? answersAs = null) =>
        _door.Answer = (resident, envelope, by) =>
        {
            _sent.Add((envelope.Command.Name(), by.Subject));
            var provenance = new Provenance(envelope.CommandId, envelope.Command.Name(), answersAs ?? by, default, "akishima-2018");
            return Task.FromResult(otherwise(envelope.Command) ?? new ResidentAnswer.Done(
                new(envelope.CommandId, [new(resident, 1, new ProposalConfirmed(envelope.CommandId), provenance)])));
        };

    private async Task<(BulkOutcome, string?)> FailureAsync() => await CarryOutAsync() is { } state ? (state.Outcome, state.Why?.Code) : default;

    private Task<BulkLineState?> CarryOutAsync() => new BulkLineWork(new PatientDoor(_door, new HurriedTime(), NullLogger<PatientDoor>.Instance))
        .CarryOutAsync(_bulk, _line, _second, TestContext.Current.CancellationToken);
}
