using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Deaths;

/// <summary>The silo's process dies with a command under way; restarted, it answers the same command id, done once (B4).</summary>
[Collection(FragileTests.Name)]
public sealed class SiloKilledTests(FragileTownHall fragile)
{
    /// <summary>Makes the database wait for us, as long as we hold the lock, before it takes a signed certificate.</summary>
    private const string HoldSignatures = """
        create function ledger.hold() returns trigger language plpgsql as
        $$ begin if new.type = 'certificate-issued.v1' then perform pg_advisory_xact_lock(4711); end if; return new; end $$;
        create trigger hold before insert on ledger.mt_events for each row execute function ledger.hold()
        """;

    private const string LetGo = """
        select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'jpki-ledger' and wait_event_type = 'Lock';
        drop trigger hold on ledger.mt_events;
        drop function ledger.hold
        """;

    private TownHall Hall => fragile.Hall;

    [Theory]
    [Trait("Rule", "B4")]
    [InlineData("hand-over-card", Moment.BeforeItIsSent)]
    [InlineData("hand-over-card", Moment.BeforeItIsHeard)]
    [InlineData("request-certificate", Moment.BeforeItIsSent)]
    [InlineData("request-certificate", Moment.BeforeItIsHeard)]
    [InlineData("confirm-certificate", Moment.BeforeItIsSent)]
    [InlineData("confirm-certificate", Moment.BeforeItIsHeard)]
    public async Task Killed_around_a_command_and_started_again_it_does_it_once(string command, Moment moment)
    {
        await using var slot = await fragile.Readers.RentAsync();
        var visit = await fragile.VisitAsync(slot);
        var line = visit.Expecting(command, moment, async () =>
        {
            await Hall.Silo.KillAsync();
            await Hall.Silo.StartAgainAsync();
        });

        Visit.AssertCompleted(await visit.HandOverAsync());

        Assert.True(line.HasHappened);
        Assert.Empty(visit.Front.Interruptions);
        await AssertOnceAsync(slot, visit);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task Killed_between_order_and_signature_it_signs_that_order_and_makes_no_second()
    {
        await using var slot = await fragile.Readers.RentAsync();
        var visit = await fragile.VisitAsync(slot);
        var restarted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        visit.Front.Continue = async stop =>
        {
            await restarted.Task;
            return stop.Code == "back-office-unreachable";
        };
        await fragile.TellDatabaseAsync(HoldSignatures);
        await using var held = await fragile.HoldLockAsync(4711);

        var handOver = visit.HandOverAsync();
        await Eventually.TrueAsync("the signature's record", () => fragile.AskDatabaseAsync<bool>(
            "select exists (select from pg_stat_activity where application_name = 'jpki-ledger' and wait_event_type = 'Lock')"));
        Assert.Equal(["ordered"], await StandingOfFirstAsync(visit.Person));
        await Hall.Silo.KillAsync();
        await fragile.TellDatabaseAsync(LetGo);
        await Hall.Silo.StartAgainAsync();
        restarted.SetResult();

        Visit.AssertCompleted(await handOver);
        await AssertOnceAsync(slot, visit);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task Killed_with_its_private_database_it_finds_what_it_had_acknowledged()
    {
        await using var hall = await TownHall.OpenAsync(fragile.Readers);
        var person = Person.Next();
        var body = ApiLine.Envelope(Guid.CreateVersion7(), Api.Samples.Of("register-resident", person));
        var first = await hall.Line("registry").SubmitAsync(person.Id, body);

        await hall.Silo.KillAsync();
        await hall.Silo.StartAgainAsync();
        var second = await hall.Line("registry").SubmitAsync(person.Id, body);

        Assert.Equal(System.Net.HttpStatusCode.OK, first.Status);
        Assert.Equal(first, second);
        Assert.Contains("left running", hall.Silo.Log, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<string>> StandingOfFirstAsync(Person person) =>
    [
        .. (await fragile.AskDatabaseAsync<string[]>(
            $"select array_agg(type::text order by version) from ledger.mt_events where stream_id = '{person.Id}'"))
            .Where(type => type.StartsWith("certificate-", StringComparison.Ordinal))
            .Select(type => type["certificate-".Length..^".v1".Length]),
    ];

    /// <summary>Everything was ordered, signed and confirmed once, each signature under the id of its order.</summary>
    private async Task AssertOnceAsync(ReaderSlot slot, Visit visit)
    {
        var ledger = await Wholeness.AssertAsync(Hall, slot, visit.Person, CertificateKind.Signature, CertificateKind.UserAuthentication);
        Assert.Equal(2, ledger.Events.OfType<CertificateOrdered>().Count());
        Assert.Equal(2, ledger.Events.OfType<CertificateIssued>().Count());
        Assert.Equal(2, ledger.Events.OfType<CertificateConfirmed>().Count());
        Assert.Equal(
            ledger.Recorded.Where(each => each.Event is CertificateOrdered).Select(each => each.Provenance.CommandId),
            ledger.Recorded.Where(each => each.Event is CertificateIssued).Select(each => each.Provenance.CommandId));
    }
}
