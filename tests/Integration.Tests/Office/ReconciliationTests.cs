using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;
using Jpki.Ledger.LocalPostgres;
using Jpki.Silo.Reconciliation;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Jpki.Integration.Tests.Office;

/// <summary>突合: events, register, lists, OCSP and card agree after a life; and whatever is altered behind the events' back is named.</summary>
public sealed class ReconciliationTests(TownHallFixture fixture) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private LocalPostgresServer _database = null!;
    private TownHall _hall = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await LocalPostgresServer.StartAsync(_folder.In("postgres"), NullLogger.Instance, Cancellation);
        _hall = await TownHall.OpenAsync(fixture.Readers, ("Ledger__ConnectionString", _database.ConnectionString));
    }

    public async ValueTask DisposeAsync()
    {
        await _hall.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Rule", "S30")]
    [Trait("Rule", "S33")]
    public async Task A_life_leaves_no_difference_and_what_is_altered_behind_its_back_is_named()
    {
        await using var slot = await fixture.Readers.RentAsync();
        var person = await _hall.RegisterAsync();
        var visit = new Visit(_hall, slot, person, _hall.CardFor(person));
        await slot.InsertAsync(visit.Card);
        Visit.AssertCompleted(await visit.HandOverAsync());
        await visit.CheckAsync();
        Assert.Equal((new ReconciliationSummary(1, 2, 1, 0), 0), await RunAsync(""));

        await _hall.DoAsync("call-centre", person.Id, new SuspendCertificates());
        Assert.Equal((new ReconciliationSummary(1, 2, 1, 0), 0), await RunAsync($"resident={person.Id}"));
        Visit.AssertCompleted(await visit.ReleaseAsync());
        var moved = person.Attributes with { Address = "東京都昭島市玉川町五丁目2番3号" };
        await _hall.DoAsync("registry", person.Id, new ChangeAttributes(moved, new DateOnly(2026, 6, 1)));
        Assert.Equal((new ReconciliationSummary(1, 2, 1, 0), 0), await RunAsync($"office={TownHall.CityHall}"));
        Assert.Equal((new ReconciliationSummary(0, 0, 0, 0), 0), await RunAsync("office=132070002"));

        // By somebody who knows the table: what is told outside follows it, and no longer the events.
        Assert.Equal(1, await ExecuteAsync("update ledger.certificate set status = 0, reason = null, changed_in = pg_current_xact_id() where status = 2"));
        await Eventually.TrueAsync("OCSP's word", async () => (await DifferencesAsync()).Count == 3);
        var differences = await DifferencesAsync();
        Assert.Equal([ComparedWith.Register, ComparedWith.RevocationList, ComparedWith.Ocsp], differences.Select(each => each.With).Order());
        Assert.All(differences, each => Assert.Equal((CertificateKind.Signature, nameof(RevocationReason.AffiliationChanged)), (each.Kind, each.Expected)));
    }

    [Fact]
    [Trait("Rule", "S33")]
    public async Task A_card_that_carries_another_certificate_than_was_written_is_named()
    {
        await using var slot = await fixture.Readers.RentAsync();
        var person = await _hall.RegisterAsync();
        var visit = new Visit(_hall, slot, person, _hall.CardFor(person));
        await slot.InsertAsync(visit.Card);
        Visit.AssertCompleted(await visit.HandOverAsync());

        var other = new CardReading(person.Card, [new(CertificateKind.UserAuthentication, SerialNumber.Parse("0bad"), new string('0', 64))]);
        using var told = await _hall.Line("clerk").PutAsJsonAsync($"residents/{person.Id}/card-reading", other, Contract.Options, Cancellation);
        Assert.Equal(HttpStatusCode.NoContent, told.StatusCode);

        var differences = await DifferencesAsync();
        Assert.Equal(2, differences.Count);
        Assert.All(differences, each => Assert.Equal((person.Id, ComparedWith.Card), (each.Resident, each.With)));
        Assert.Equal("0bad", differences.Single(each => each.Kind == CertificateKind.UserAuthentication).Found);
        Assert.Equal("absent", differences.Single(each => each.Kind == CertificateKind.Signature).Found);
    }

    private async Task<(ReconciliationSummary Summary, int Differences)> RunAsync(string query)
    {
        var lines = await LinesAsync(query);
        return (lines[^1].Summary!, lines.Count(each => each.Difference is not null));
    }

    private async Task<IReadOnlyList<Difference>> DifferencesAsync() => [.. (await LinesAsync("")).Select(each => each.Difference).OfType<Difference>()];

    private async Task<IReadOnlyList<ReconciliationLine>> LinesAsync(string query)
    {
        using var answer = await _hall.Line("auditor").PostAsync($"jobs/reconciliation?{query}", null, Cancellation);
        answer.EnsureSuccessStatusCode();
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<ReconciliationLine>(line, Contract.Options)!)];
    }

    private async Task<int> ExecuteAsync(string statement)
    {
        await using var source = NpgsqlDataSource.Create(_database.ConnectionString);
        await using var command = source.CreateCommand(statement);
        return await command.ExecuteNonQueryAsync(Cancellation);
    }
}
