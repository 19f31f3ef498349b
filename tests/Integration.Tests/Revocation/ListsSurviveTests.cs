using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Revocation;

/// <summary>Lists when silos die, race, or lose their database.</summary>
[Collection(FragileTests.Name)]
public sealed class ListsSurviveTests(FragileTownHall fragile) : IDisposable
{
    private readonly RelyingParty party = new(fragile.Hall.Silo.PublicAddress);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => party.Dispose();

    [Fact]
    public async Task Killed_and_started_again_it_never_uses_a_number_twice()
    {
        await party.WaitForAsync("the first lists", CertificateKind.Signature, ".delta.crl", _ => true);
        for (var round = 0; round < 3; round++)
        {
            var publishing = PublishAsync(fragile.Hall.Silo);
            await fragile.Hall.Silo.KillAsync();
            // Answered or not: what counts is what the ledger holds.
            _ = await Record.ExceptionAsync(() => publishing.WaitAsync(TimeSpan.FromSeconds(30), Now));
            await fragile.Hall.Silo.StartAgainAsync();
            await PublishAsync(fragile.Hall.Silo);
        }

        await AssertNumbersAsync();
    }

    [Fact]
    public async Task Two_silos_at_one_database_give_each_list_one_number()
    {
        await using var other = await SiloProcess.StartAsync(
            fragile.Hall.InDataFolder(), ("Ledger__ConnectionString", fragile.Database.ConnectionString));

        var published = await Task.WhenAll(Enumerable.Range(0, 10).Select(each => PublishAsync(each % 2 == 0 ? fragile.Hall.Silo : other)));

        var numbers = published.SelectMany(each => each).ToArray();
        Assert.Equal(20, numbers.Length);
        Assert.Equal(20, numbers.Distinct().Count());
        await AssertNumbersAsync();
        using var otherParty = new RelyingParty(other.PublicAddress);
        await Eventually.TrueAsync("both silos to hand out the same list", async () =>
            (await party.ReadAsync(CertificateKind.Signature, ".crl"))?.Number is { } number
            && number == (await otherParty.ReadAsync(CertificateKind.Signature, ".crl"))?.Number);
    }

    [Fact]
    public async Task While_the_database_is_away_the_last_lists_are_handed_out()
    {
        var before = await party.WaitForAsync("the list", CertificateKind.Signature, ".crl", _ => true);
        await fragile.Database.StopAsync(immediate: true, Now);
        try
        {
            // Asked again and again: the first answers might still come from what was asked before.
            for (var each = 0; each < 5; each++)
                Assert.Equal(before.Number, (await party.ReadAsync(CertificateKind.Signature, ".crl"))?.Number);
        }
        finally
        {
            await fragile.Database.StartAgainAsync(Now);
        }

        await Eventually.TrueAsync("publishing to go on", async () =>
        {
            using var answer = await fragile.Hall.Line("administrator").PostAsync("jobs/revocation-lists/publish", null, Now);
            return answer.StatusCode == HttpStatusCode.OK;
        });
        await party.WaitForAsync("the next list", CertificateKind.Signature, ".crl", list => list.Number > before.Number);
    }

    private async Task<IReadOnlyList<(string Authority, long Number)>> PublishAsync(SiloProcess silo)
    {
        using var line = new HttpClient { BaseAddress = silo.Address };
        line.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", fragile.Hall.Token("administrator", null));
        using var answer = await line.PostAsync("jobs/revocation-lists/publish", null, Now);
        answer.EnsureSuccessStatusCode();
        using var reports = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Now));
        return [.. reports.RootElement.EnumerateArray()
            .Select(each => (each.GetProperty("authorityKeyId").GetString()!, each.GetProperty("number").GetInt64()))];
    }

    // The journal tells of the lists in the order of their publishing.
    private async Task AssertNumbersAsync()
    {
        var rising = await fragile.AskDatabaseAsync<bool>(
            """
            select count(*) > 3 and bool_and(number > coalesce(before, 0)) from (
                select (body->>'number')::bigint as number, lag((body->>'number')::bigint) over (partition by authority_key order by id) as before
                from ledger.authority_journal where what = 'revocation-list-published') as told
            """);
        Assert.True(rising);
        Assert.Equal(
            await fragile.AskDatabaseAsync<long>("select count(*) from ledger.revocation_list"),
            await fragile.AskDatabaseAsync<long>("select count(*) from ledger.authority_journal where what = 'revocation-list-published'"));
    }
}
