using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Reports;

/// <summary>統計と帳票: what was done at the counter is in the figures a moment later, for those whom they concern.</summary>
[Trait("Rule", "D6")]
public sealed class ReportDoorTests(TownHallFixture fixture) : IAsyncLifetime
{
    private static readonly IdentityCheck _licence = new(IdentityDocument.DrivingLicence);

    private readonly TemporaryFolder _folder = new();
    private TownHall _hall = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hall = await TownHall.OpenAsync(fixture.Readers, ("Reports__Folder", _folder.In("reports")));

    public async ValueTask DisposeAsync()
    {
        await _hall.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Rule", "S17")]
    public async Task What_was_done_at_the_counter_stands_in_every_report_and_file()
    {
        var person = await IssuedAsync();
        var applied = await _hall.DoAsync("clerk", person.Id, new ApplyForCertificates(InReader(person), [CertificateKind.UserAuthentication], _licence));
        await _hall.DoAsync("clerk", person.Id, new AbandonApplication(((CertificatesApplied)applied[0]).Application));
        await _hall.DoAsync("clerk", person.Id, new OpenAgentCase(new AgentErrand.Issue([CertificateKind.Signature]), IdentityDocument.Passport));
        await CountedAsync();

        var issued = Assert.Single(await RowsAsync("monthly-issuance"));
        Assert.Equal(
            """{"month":"2026-06","office":"132070001","officeName":"市役所本庁","kind":"userAuthentication","procedure":"hand-over-card","reason":"handOver","fee":"firstHandOver","applicant":"holder","count":1}""",
            issued.ToJsonString(Domain.Json.Contract.Options));
        var cash = Assert.Single(await RowsAsync("cash-sheet"));
        Assert.Equal((1, 200, 1, 200, 0), (Number(cash, "charged"), Number(cash, "chargedYen"), Number(cash, "refunded"), Number(cash, "refundedYen"), Number(cash, "netYen")));
        Assert.Equal(person.Id.Value, Assert.Single(await RowsAsync("agent-cases"))["resident"]!.GetValue<string>());
        var holder = Assert.Single(await RowsAsync("holders"));
        Assert.Equal(("2030-09", "30-39", 1), (holder["month"]!.GetValue<string>(), holder["ageBand"]!.GetValue<string>(), Number(holder, "holders")));
        Assert.Empty(await RowsAsync("renewal-notices"));
        Assert.Equal(
            [person.Id.Value], (await RowsAsync("renewal-notices", "&from=2030-06-01&to=2030-06-30")).Select(each => each["resident"]!.GetValue<string>()));
        Assert.All(await RowsAsync("reconciliation"), each => Assert.True(each["difference"] is null || Number(each, "difference") == 0, each.ToJsonString()));

        await FilesAsync();
    }

    [Fact]
    public async Task A_report_is_asked_for_by_format_and_language()
    {
        await IssuedAsync();
        await CountedAsync();

        var csv = await _hall.Line("statistics").GetByteArrayAsync("reports/monthly-issuance?format=csv&bom=true", Cancellation);
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        Assert.StartsWith("月,窓口,窓口名,種類", System.Text.Encoding.UTF8.GetString(csv[3..]), StringComparison.Ordinal);
        using var english = new HttpRequestMessage(HttpMethod.Get, "reports/monthly-issuance")
        {
            Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/csv") }, AcceptLanguage = { new StringWithQualityHeaderValue("en-GB") } },
        };
        Assert.StartsWith("Month,Office", (await ApiLine.SendAsync(_hall.Line("auditor"), english)).Body, StringComparison.Ordinal);
        var workbook = await _hall.Line("statistics").GetByteArrayAsync("reports/monthly-issuance?format=xlsx", Cancellation);
        Assert.Equal("PK"u8.ToArray(), workbook[..2]);
        Assert.Equal(7, (await _hall.Line("statistics").GetFromJsonAsync<JsonArray>("reports", Cancellation))!.Count);
    }

    [Fact]
    public async Task Cells_come_in_pages_and_the_rebuilt_statistics_are_those_that_were_kept()
    {
        await IssuedAsync();
        await IssuedAsync();
        await CountedAsync();

        var (pages, cells, next) = (0, new List<string>(), "");
        do
        {
            var page = (await _hall.Line("statistics").LookAtAsync($"statistics?limit=3{next}")).Json;
            cells.AddRange(page["cells"]!.AsArray().Select(each => each!.ToJsonString()));
            next = page["next"] is { } cursor ? $"&cursor={cursor.GetValue<string>()}" : "";
            pages++;
        }
        while (next.Length > 0);
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.Equal((cells.Count + 2) / 3, pages);
        Assert.Equal((await _hall.Line("statistics").LookAtAsync("statistics")).Json["cells"]!.AsArray().Select(each => each!.ToJsonString()), cells);

        using var asked = await _hall.Line("administrator").PostAsync("jobs/statistics/rebuild", null, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        await Eventually.TrueAsync("the rebuild", async () => (await StatusAsync())["rebuild"]?["state"]?.GetValue<string>() == "done");
        Assert.True((await StatusAsync())["rebuild"]!["equal"]!.GetValue<bool>());
        using var check = await _hall.Line("auditor").PostAsync("jobs/statistics/check", null, Cancellation);
        Assert.Empty((await StatusAsync())["incidents"]!.AsArray());
        (await ApiLine.SendAsync(_hall.Line("administrator"), new HttpRequestMessage(HttpMethod.Delete, "jobs/statistics/rebuild")))
            .AssertProblem(HttpStatusCode.NotFound, "NoRebuildUnderWay");
    }

    /// <summary>The day is over: its files are written once, whole.</summary>
    private async Task FilesAsync()
    {
        (await ApiLine.SendAsync(_hall.Line("administrator"), new HttpRequestMessage(HttpMethod.Post, "jobs/reports?day=2026-06-01")))
            .AssertProblem(HttpStatusCode.BadRequest, "DayNotOver");
        await _hall.MoveClockAsync(new DateTimeOffset(2026, 6, 2, 3, 0, 0, TimeSpan.FromHours(9)));
        var written = await ApiLine.SendAsync(_hall.Line("administrator"), new HttpRequestMessage(HttpMethod.Post, "jobs/reports"));

        Assert.Equal("""{"folders":["2026-06-01"]}""", written.Body);
        var sheet = await File.ReadAllLinesAsync(_folder.In("reports", "2026-06-01", "cash-sheet.csv"), Cancellation);
        Assert.Equal("2026-06-01,132070001,市役所本庁,1,200,1,1,200,0", sheet[1]);
        Assert.True(File.Exists(_folder.In("reports", "2026-06-01", "cash-sheet.xlsx")));
    }

    /// <summary>Somebody with a user authentication certificate on the card, by the API alone.</summary>
    private async Task<Person> IssuedAsync()
    {
        var person = await _hall.RegisterAsync();
        var events = await _hall.DoAsync("clerk", person.Id, new HandOverCard(InReader(person) with { VerifiedPins = [] }, [CertificateKind.Signature], _licence));
        var application = events.OfType<CertificatesApplied>().Single().Application;
        using var key = RSA.Create(2048);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(RequestCertificate.ProofSubject(application, CertificateKind.UserAuthentication));
        var proof = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest();
        var issued = (await _hall.DoAsync("clerk", person.Id, new RequestCertificate(application, CertificateKind.UserAuthentication, Octets.From(proof))))
            .OfType<CertificateIssued>().Single();
        await _hall.DoAsync("clerk", person.Id, new ConfirmCertificate(issued.Serial, person.Card, issued.Sha256));
        return person;
    }

    private static PresentedCard InReader(Person person) => new(person.Card, Person.Municipality, Person.CardExpiresOn, [PinKind.UserAuthentication]);

    private static long Number(JsonObject row, string name) => row[name]!.GetValue<long>();

    private async Task<IReadOnlyList<JsonObject>> RowsAsync(string report, string query = "") =>
        [.. (await _hall.Line("statistics").LookAtAsync($"reports/{report}?format=json{query}")).Json["rows"]!.AsArray().Select(each => (JsonObject)each!)];

    private async Task<JsonObject> StatusAsync() => (await _hall.Line("statistics").LookAtAsync("statistics/status")).Json;

    private Task CountedAsync() => Eventually.TrueAsync("the statistics", async () => (await StatusAsync())["behind"]!.GetValue<long>() == 0);
}
