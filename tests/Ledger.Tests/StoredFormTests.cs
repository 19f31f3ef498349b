using System.Text.Json;
using System.Text.Json.Nodes;
using Jpki.Domain;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;
using Npgsql;

namespace Jpki.Ledger.Tests;

/// <summary>What stands in the tables is read by auditors' own tools, and by this program in twenty years.</summary>
public sealed class StoredFormTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_stand_under_their_stored_names()
    {
        var resident = Given.Resident(1);
        await database.Ledger.AppendedAsync(resident, 0, Given.Command(1), [.. SampleEvents.All]);

        var types = await Sql.ColumnAsync<string>(database.ConnectionString, OfStream("type", resident.Value));

        Assert.Equal(SampleEvents.All.Select(each => StoredNameAttribute.Of(each.GetType()).Name), types);
        Assert.Equal(StoredNames.Events.Keys.Order(StringComparer.Ordinal), types.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_body_is_the_sample_without_its_type()
    {
        var resident = Given.Resident(2);
        await database.Ledger.AppendedAsync(resident, 0, Given.Command(1), [.. SampleEvents.All]);

        var bodies = await Sql.ColumnAsync<string>(database.ConnectionString, OfStream("data::text", resident.Value));

        foreach (var (body, sample) in bodies.Zip(SampleEvents.All.Select(each => JsonNode.Parse(Given.Text(each))!.AsObject())))
        {
            Assert.True(sample.Remove("type"));
            Assert.True(JsonNode.DeepEquals(sample, JsonNode.Parse(body)), sample.GetPath());
        }
    }

    [Fact]
    public async Task Provenance_stands_in_the_causation_column_and_the_headers()
    {
        var resident = Given.Resident(3);
        await database.Ledger.AppendedAsync(resident, 0, Given.Command(7), SampleEvents.Registration);

        var causation = Assert.Single(await Sql.ColumnAsync<string>(database.ConnectionString, OfStream("causation_id", resident.Value)));
        var headers = Assert.Single(await Sql.ColumnAsync<string>(database.ConnectionString, OfStream("headers::text", resident.Value)));

        Assert.Equal(Given.Command(7).ToString(), causation);
        var expected = new JsonObject
        {
            ["command"] = "register-resident",
            ["subject"] = "clerk-昭島-01",
            ["role"] = "clerk",
            ["office"] = "132070001",
            ["at"] = "2026-04-01T09:30:15.1234567+09:00",
            ["ruleSet"] = "akishima-2018",
        };
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(headers)), headers);
    }

    [Fact]
    public async Task A_renamed_class_does_not_matter_because_the_stored_name_is_what_counts()
    {
        var resident = Given.Resident(4);
        await database.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);
        await Sql.ExecuteAsync(database.ConnectionString, $"""
            update ledger.mt_events set mt_dotnet_type = 'Gone.Renamed, Gone' where stream_id = '{resident.Value}'
            """);

        Assert.IsType<ResidentRegistered>(Assert.Single(await database.Ledger.ReadAsync(resident, Cancellation)).Event);
    }

    [Theory]
    [InlineData("a member nobody knows", """data = data || '{"colour": "red"}'""")]
    [InlineData("a member too few", "data = data - 'occurredOn'")]
    [InlineData("no provenance", "headers = headers - 'at'")]
    [InlineData("a role nobody has", """headers = headers || '{"role": "emperor"}'""")]
    [InlineData("no cause", "causation_id = null")]
    [InlineData("a type nobody knows", "type = 'certificate-forgotten.v1', mt_dotnet_type = 'Gone.Forgotten, Gone'")]
    public async Task An_altered_row_is_refused_and_not_guessed_at(string what, string change)
    {
        var resident = Given.Resident(100 + what.Length);
        await database.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);
        await Sql.ExecuteAsync(database.ConnectionString, $"update ledger.mt_events set {change} where stream_id = '{resident.Value}'");

        var damaged = await Assert.ThrowsAsync<LedgerDamagedException>(() => database.Ledger.LoadAsync(resident, Cancellation));

        Assert.DoesNotContain(SampleEvents.Name, damaged.ToString(), StringComparison.Ordinal);
        await Sql.ExecuteAsync(database.ConnectionString, $"delete from ledger.mt_events where stream_id = '{resident.Value}'");
    }

    [Fact]
    public async Task Timestamps_are_right_whatever_the_time_zone_of_the_session()
    {
        var recordedAt = new DateTimeOffset(2026, 4, 1, 23, 45, 0, TimeSpan.FromHours(9));
        // A database of its own: opening a ledger folds it where its register is empty, and the samples of the other tests are no lives.
        var own = await database.Server.CreateDatabaseAsync("stored_in_tokyo");
        var inTokyo = new NpgsqlConnectionStringBuilder(own) { Timezone = "Asia/Tokyo" }.ConnectionString;
        await using var tokyo = await OpenLedger.OnAsync(inTokyo, new FixedClock(recordedAt));
        var resident = Given.Resident(5);

        // The first append opens the stream and the second continues it: Marten stores them by different statements.
        await tokyo.Ledger.AppendedAsync(resident, 0, Given.Command(1), SampleEvents.Registration);
        await tokyo.Ledger.AppendedAsync(resident, 1, Given.Command(2), SampleEvents.NameChange);

        var stored = await Sql.ColumnAsync<DateTime>(own, OfStream("timestamp", resident.Value));
        Assert.Equal([recordedAt.UtcDateTime, recordedAt.UtcDateTime], stored);
        Assert.All(await tokyo.Ledger.ReadAsync(resident, Cancellation), each => Assert.True(each.Provenance.At.EqualsExact(Given.At)));
    }

    [Fact]
    public void The_contract_writes_no_type_into_a_body_because_the_column_has_it() => Assert.DoesNotContain(
        "\"type\"", JsonSerializer.Serialize(SampleEvents.Registration, SampleEvents.Registration.GetType(), Contract.Options), StringComparison.Ordinal);

    private static string OfStream(string column, string stream) =>
        $"select {column} from ledger.mt_events where stream_id = '{stream}' order by version";
}
