using Jpki.Domain;
using Jpki.Domain.Bulk;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;
using Npgsql;

namespace Jpki.Ledger.Tests;

/// <summary>Bulk revocations: what was proposed stays as it was, the second officer's word is one, a line is marked once.</summary>
public sealed class BulkTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static readonly Actor _first = new("supervisor-1", Role.Supervisor, OfficeCode.Parse("132070001"));
    private static readonly Actor _second = _first with { Subject = "supervisor-2" };
    private static readonly BulkDecision _confirmed = new(true, _second, Given.At.AddDays(1));
    private static readonly Refusal _why = BulkRefusals.LineRepeated();

    private readonly BulkStore _store = database.Bulk;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_proposed_comes_back_as_it_was()
    {
        var bulk = Bulk(1);

        Assert.True(await _store.SaveAsync(bulk, Lines, Cancellation));

        var stored = (await _store.FindAsync(bulk.Id, Cancellation))!;
        Assert.Equal((bulk, new BulkProgress(2, 2, 0, 0)), (stored.Bulk, stored.Progress));
        Assert.Equal(Lines, await _store.LinesAsync(bulk.Id, Cancellation));
        Assert.Null(await _store.FindAsync(Given.Command(99), Cancellation));
    }

    [Fact]
    public async Task The_same_id_again_changes_nothing()
    {
        var bulk = Bulk(2);
        await _store.SaveAsync(bulk, Lines, Cancellation);

        Assert.False(await _store.SaveAsync(bulk with { Sha256 = "other" }, Lines[..1], Cancellation));

        Assert.Equal(bulk, (await _store.FindAsync(bulk.Id, Cancellation))!.Bulk);
        Assert.Equal(Lines.Length, (await _store.LinesAsync(bulk.Id, Cancellation)).Count);
    }

    [Fact]
    public async Task Of_many_second_officers_one_decides()
    {
        var bulk = Bulk(3);
        await _store.SaveAsync(bulk, Lines, Cancellation);

        var decided = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => _store.DecideAsync(bulk.Id, _confirmed with { Confirmed = n % 2 == 0 }, Cancellation)));

        Assert.Single(decided, each => each);
        Assert.Equal(_confirmed.By, (await _store.FindAsync(bulk.Id, Cancellation))!.Bulk.Decision!.By);
    }

    [Fact]
    public async Task A_line_is_marked_once_and_one_that_was_rejected_never()
    {
        var bulk = Bulk(4);
        await _store.SaveAsync(bulk, Lines, Cancellation);

        Assert.True(await _store.MarkAsync(bulk.Id, 2, BulkOutcome.Done, null, Cancellation));
        Assert.False(await _store.MarkAsync(bulk.Id, 2, BulkOutcome.Failed, _why, Cancellation));
        Assert.False(await _store.MarkAsync(bulk.Id, 4, BulkOutcome.Done, null, Cancellation));
        Assert.True(await _store.MarkAsync(bulk.Id, 3, BulkOutcome.Failed, _why, Cancellation));

        Assert.Equal(new BulkProgress(0, 2, 1, 1), (await _store.FindAsync(bulk.Id, Cancellation))!.Progress);
    }

    [Fact]
    public async Task What_waits_or_is_under_way_is_open_and_each_towns_own()
    {
        var (waiting, underWay, withdrawn, done) = (Elsewhere(5), Elsewhere(6), Elsewhere(7), Elsewhere(8));
        foreach (var each in new[] { waiting, underWay, withdrawn, done })
            await _store.SaveAsync(each, Lines, Cancellation);
        await _store.DecideAsync(underWay.Id, _confirmed, Cancellation);
        await _store.DecideAsync(withdrawn.Id, _confirmed with { Confirmed = false }, Cancellation);
        await _store.DecideAsync(done.Id, _confirmed, Cancellation);
        await _store.MarkAsync(done.Id, 2, BulkOutcome.Done, null, Cancellation);
        await _store.MarkAsync(done.Id, 3, BulkOutcome.Done, null, Cancellation);

        var open = await _store.OpenAsync(MunicipalityCode.Parse("13202"), Cancellation);

        Assert.Equal([waiting.Id, underWay.Id], open.Select(each => each.Bulk.Id));
        Assert.Superset(open.Select(each => each.Bulk.Id).ToHashSet(), (await _store.OpenAsync(null, Cancellation)).Select(each => each.Bulk.Id).ToHashSet());
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task A_database_that_does_not_answer_leaves_the_outcome_unknown()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = 1 };
        await using var open = OpenLedger.Unprepared(nowhere.ConnectionString, SchemaHandling.CreateOrUpdate);

        await Assert.ThrowsAsync<LedgerOutcomeUnknownException>(() => open.Bulk.SaveAsync(Bulk(9), Lines, Cancellation));
        await Assert.ThrowsAsync<LedgerOutcomeUnknownException>(() => open.Bulk.DecideAsync(Given.Command(9), _confirmed, Cancellation));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => open.Bulk.FindAsync(Given.Command(9), Cancellation));
    }

    private static BulkLineState[] Lines { get; } =
    [
        new(2, new BulkLine(2, Given.Resident(1), SerialNumber.Parse("0a01")), BulkOutcome.Waiting),
        new(3, new BulkLine(3, Given.Resident(2), SerialNumber.Parse("0a02")), BulkOutcome.Waiting),
        new(4, null, BulkOutcome.Rejected, BulkRefusals.MalformedSerial()),
        new(5, new BulkLine(5, Given.Resident(1), SerialNumber.Parse("0a01")), BulkOutcome.Rejected, _why),
    ];

    private static BulkRevocation Bulk(int number) => new(Given.Command(number), ExOfficioReason.KeyLeaked, _first, Given.At.AddMinutes(number), new string('a', 64));

    private static BulkRevocation Elsewhere(int number) => Bulk(number) with { ProposedBy = _first with { Office = OfficeCode.Parse("132020001") } };
}
