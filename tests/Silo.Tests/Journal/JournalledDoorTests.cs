using System.Net;
using System.Security.Claims;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Residents;
using Jpki.Grains;
using Jpki.Silo.Api;
using Jpki.Silo.Journal;
using Jpki.Silo.Tests.Grains;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Jpki.Silo.Tests.Journal;

/// <summary>Doors that hand out personal data, on a server of their own, with a journal that does what the test wants.</summary>
public sealed class JournalledDoorTests : IAsyncLifetime
{
    private const string Secret = "昭島花子";

    private static readonly ResidentId _one = ResidentId.Parse("13207-00000001");
    private static readonly ResidentId _two = ResidentId.Parse("13207-00000002");

    private readonly FakeJournal _journal = new();
    private WebApplication _app = null!;
    private HttpClient _http = null!;
    private (string Role, string? Office) _by = ("clerk", "132070001");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<IJournal>(_journal).AddSingleton<OfficeJournal>()
            .AddSingleton<IMunicipalities>(new FakeTown()).AddSingleton<ICivilClock>(new FixedClock());
        _app = builder.Build();
        _app.Use((context, next) =>
        {
            context.User = new(new ClaimsIdentity([new("sub", "somebody-1"), new("role", _by.Role), .. _by.Office is { } office ? [new Claim("office", office)] : Array.Empty<Claim>()], "test"));
            return next();
        });
        Map();
        await _app.StartAsync(TestContext.Current.CancellationToken);
        _http = new() { BaseAddress = new(_app.Urls.Single()) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
    }

    [Theory]
    [InlineData("/residents/13207-00000001", RecordKind.State, null)]
    [InlineData("/residents/13207-00000001/certificates/7f", RecordKind.Certificate, "7f")]
    public async Task What_is_handed_out_is_in_the_journal(string path, RecordKind what, string? reference)
    {
        var (status, body) = await GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains(Secret, body, StringComparison.Ordinal);
        var entry = Assert.Single(_journal.Entries);
        Assert.Equivalent(new RecordRead(what, [_one], reference), entry.Entry);
        Assert.Equal(("read-record", "somebody-1", OfficeCode.Parse("132070001")), (entry.Provenance.Command, entry.Provenance.By.Subject, entry.Place.Office));
        Assert.DoesNotContain(Secret, entry.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/residents/13207-00000001")]
    [InlineData("/residents/13207-00000001/certificates/7f")]
    [InlineData("/worklist")]
    [InlineData("/refused/13207-00000001")]
    public async Task When_the_journal_cannot_be_written_nothing_is_handed_out(string path)
    {
        _journal.Durable = () => Task.FromResult(false);

        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Contains("JournalUnavailable", body, StringComparison.Ordinal);
        Assert.All([Secret, _one.Value, _two.Value, "RoleMayNot"], each => Assert.DoesNotContain(each, body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_is_one_entry_that_names_each_resident_once()
    {
        await GetAsync("/worklist");

        var read = Assert.IsType<RecordRead>(Assert.Single(_journal.Entries).Entry);
        Assert.Equal([_one, _two], read.Residents);
    }

    [Fact]
    public async Task Who_is_refused_a_reading_is_in_the_journal()
    {
        _by = ("clerk", "132080001");

        var (status, _) = await GetAsync("/refused/13207-00000001");

        Assert.Equal(HttpStatusCode.Forbidden, status);
        var entry = Assert.Single(_journal.Entries);
        Assert.Equal(new AttemptRefused("RoleMayNot", "house", _one), entry.Entry);
        Assert.Equal(("read-history", OfficeCode.Parse("132080001")), (entry.Provenance.Command, entry.Provenance.By.Office));
        Assert.Equal(new(_one.Municipality, null), entry.Place);
    }

    [Theory]
    [InlineData("/malformed/x", HttpStatusCode.BadRequest)]
    [InlineData("/busy/13207-00000001", HttpStatusCode.ServiceUnavailable)]
    [InlineData("/empty", HttpStatusCode.OK)]
    public async Task What_is_no_attempt_and_names_nobody_is_not(string path, HttpStatusCode expected)
    {
        var (status, _) = await GetAsync(path);

        Assert.Equal(expected, status);
        Assert.Empty(_journal.Entries);
    }

    private void Map()
    {
        var work = new WaitingItem(_one, WorkKind.Application, null, new(2026, 6, 1), "");
        _app.MapGet("/residents/{id}", (string id) => Results.Text(Secret)).JournalsReading(RecordKind.State);
        _app.MapGet("/residents/{id}/certificates/{serial}", (string id, string serial) => Results.Bytes(System.Text.Encoding.UTF8.GetBytes(Secret)))
            .JournalsReading(RecordKind.Certificate);
        _app.MapGet("/worklist", () => Results.Json(new Worklist([work, work with { Resident = _two }, work], false), Domain.Json.Contract.Options))
            .JournalsReading(RecordKind.Worklist);
        _app.MapGet("/empty", () => Results.Json(new Worklist([], false), Domain.Json.Contract.Options)).JournalsReading(RecordKind.Worklist);
        _app.MapGet("/refused/{id}", (string id) => Problems.NotPermitted()).JournalsReading(RecordKind.History);
        _app.MapGet("/malformed/{id}", (string id) => Problems.BadInput("X", "ひ", "x")).JournalsReading(RecordKind.History);
        _app.MapGet("/busy/{id}", (string id, HttpContext context) => Problems.TryAgain(context)).JournalsReading(RecordKind.History);
    }

    private async Task<(HttpStatusCode Status, string Body)> GetAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
