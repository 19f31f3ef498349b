using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>Whatever goes wrong, nobody's name or address reaches a log or an error text.</summary>
public sealed class PrivacyTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static readonly string[] Personal = [SampleEvents.Name, SampleEvents.Address, "1985-02-28", "山田", "田中町"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("check (data = '{}') not valid")]
    [InlineData("check ((data #>> '{attributes,name}')::int > 0) not valid")]
    public async Task A_write_the_database_refuses_tells_nothing_of_what_was_written(string constraint)
    {
        var resident = Given.Resident(constraint.Length);
        await Sql.ExecuteAsync(database.ConnectionString, $"alter table ledger.mt_events add constraint refuses {constraint}");

        var unknown = await Assert.ThrowsAsync<LedgerOutcomeUnknownException>(
            () => database.Ledger.AppendAsync(resident, 0, [SampleEvents.Registration], Given.By(Given.Command(1)), cancellation: Cancellation));

        await Sql.ExecuteAsync(database.ConnectionString, "alter table ledger.mt_events drop constraint refuses");
        AssertNothingPersonal(unknown.ToString());
        Assert.Contains("PostgresException 2", unknown.Message, StringComparison.Ordinal);
        AssertNothingPersonal(await File.ReadAllTextAsync(database.Server.LogFile, Cancellation));
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_tells_nothing_of_what_it_holds()
    {
        var resident = Given.Resident(2);
        await database.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);
        await Sql.ExecuteAsync(database.ConnectionString, $$"""
            update ledger.mt_events set data = jsonb_set(data, '{attributes,sex}', data #> '{attributes,name}') where stream_id = '{{resident.Value}}'
            """);

        var damaged = await Assert.ThrowsAsync<LedgerDamagedException>(() => database.Ledger.LoadAsync(resident, Cancellation));

        AssertNothingPersonal(damaged.ToString());
    }

    [Fact]
    public void Exceptions_and_outcomes_print_nothing_personal()
    {
        var registered = Assert.IsType<ResidentRegistered>(SampleEvents.Registration);

        AssertNothingPersonal(registered.ToString());
        AssertNothingPersonal(new AppendOutcome.Appended([new(Given.Resident(1), 1, registered, Given.By(Given.Command(1)))]).ToString());
    }

    private static void AssertNothingPersonal(string text) =>
        Assert.All(Personal, each => Assert.DoesNotContain(each, text, StringComparison.Ordinal));
}
