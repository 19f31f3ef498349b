using System.Net;
using System.Net.Http.Json;
using Jpki.Counter.Gateway.BackOffice;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Grains;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Office;

/// <summary>事務室: what waits, two officers, and the nights. A silo of its own: its clock moves by weeks.</summary>
public sealed class OfficeTests(TownHallFixture fixture) : IAsyncLifetime
{
    private static readonly IdentityCheck _licence = new(IdentityDocument.DrivingLicence);

    private TownHall _hall = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hall = await TownHall.OpenAsync(fixture.Readers);

    public ValueTask DisposeAsync() => _hall.DisposeAsync();

    [Fact]
    [Trait("Rule", "S15")]
    public async Task The_clerk_proposes_the_supervisor_confirms_and_the_counter_is_open_on_a_Saturday()
    {
        var person = await _hall.RegisterAsync();
        var saturday = new DateOnly(2026, 6, 6);
        var proposed = await _hall.DoAsync(
            "clerk", person.Id, new ProposeException(new ProposedException.ReceptionHours(saturday, HoursReason.ExtraCounter)));
        var proposal = Assert.IsType<ProposalMade>(Assert.Single(proposed)).Proposal;

        var waiting = Assert.Single((await WorklistAsync("supervisor", "kind=proposal")).Items);
        Assert.Equal((person.Id, proposal.ToString(), new DateOnly(2026, 6, 15)), (waiting.Resident, waiting.Reference, waiting.DueOn));
        await _hall.DoAsync("supervisor", person.Id, new ConfirmProposal(proposal));
        Assert.Empty((await WorklistAsync("supervisor", "kind=proposal")).Items);

        await _hall.MoveClockAsync(new DateTimeOffset(2026, 6, 6, 10, 0, 0, TimeSpan.FromHours(9)));
        Assert.IsType<CardHandedOver>((await _hall.DoAsync("clerk", person.Id, HandOver(person)))[0]);
        var other = await _hall.RegisterAsync();
        Assert.Equal("OutsideReceptionHours", await RefusedAsync("clerk", other.Id, HandOver(other)));
    }

    [Fact]
    [Trait("Rule", "B4")]
    [Trait("Rule", "S10")]
    public async Task What_nobody_came_back_for_waits_two_weeks_and_ends_by_itself_once()
    {
        var person = await _hall.RegisterAsync();
        await _hall.DoAsync("clerk", person.Id, HandOver(person));
        var item = Assert.Single((await WorklistAsync("clerk", "due=2026-06-15")).Items);
        Assert.Equal((person.Id, WorkKind.Application), (item.Resident, item.Kind));
        Assert.Empty((await WorklistAsync("auditor", "due=2026-06-14")).Items);

        await _hall.MoveClockAsync(new DateTimeOffset(2026, 6, 16, 9, 0, 0, TimeSpan.FromHours(9)));
        var first = await NightAsync("2026-06-16");
        Assert.Equal(("expire-application", 0), (Assert.Single(first.Ended).Command, first.Ended[0].Failed + first.Ended[0].Refused));
        var history = await HistoryAsync(person);
        Assert.Equal("expire-application", history[^1].Provenance.Command);
        Assert.Equal(Role.System, history[^1].Provenance.By.Role);
        Assert.Empty((await WorklistAsync("clerk", "")).Items);

        var again = await NightAsync("2026-06-16");
        Assert.Empty(again.Ended);
        Assert.Equal(history.Count, (await HistoryAsync(person)).Count);
        Assert.Equal("resident,kind,lastDay", Assert.Single(await File.ReadAllLinesAsync(_hall.InDataFolder("renewal-notices", again.NoticeList), Cancellation)));
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task The_night_comes_by_itself_and_one_that_was_missed_is_made_up_for_at_start()
    {
        using var folder = new TemporaryFolder();
        string[] Lists() => Directory.Exists(folder.In("renewal-notices"))
            ? [.. Directory.GetFiles(folder.In("renewal-notices"), "*.csv").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)]
            : [];

        await using (await SiloProcess.StartAsync(folder.Path, ("Clock__PlayFrom", "2026-06-01T09:00:00+09:00")))
            await Eventually.TrueAsync("the first night", () => Task.FromResult(Lists() is ["2026-06-01-13207.csv"]));

        // At two in the morning the last night is that of the day before.
        await using (await SiloProcess.StartAsync(folder.Path, ("Clock__PlayFrom", "2026-06-04T02:00:00+09:00")))
            await Eventually.TrueAsync("the missed night", () => Task.FromResult(Lists() is ["2026-06-01-13207.csv", "2026-06-03-13207.csv"]));
    }

    [Theory]
    [InlineData("call-centre", "worklist", HttpStatusCode.Forbidden)]
    [InlineData("registry", "worklist", HttpStatusCode.Forbidden)]
    [InlineData("administrator", "worklist", HttpStatusCode.Forbidden)]
    [InlineData("clerk", "worklist?kind=cardExpiry", HttpStatusCode.BadRequest)]
    [InlineData("clerk", "worklist?due=tomorrow", HttpStatusCode.BadRequest)]
    public async Task The_worklist_is_for_the_office_and_auditors(string role, string path, HttpStatusCode expected)
    {
        using var answer = await fixture.Hall.Line(role).GetAsync(path, Cancellation);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("jobs/nightly")]
    [InlineData("jobs/open-work/rebuild")]
    [InlineData("jobs/certificates/rebuild")]
    public async Task Jobs_are_for_administrators(string path)
    {
        foreach (var role in new[] { "clerk", "supervisor", "auditor" })
        {
            using var refused = await fixture.Hall.Line(role).PostAsync(path, null, Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        using var done = await fixture.Hall.Line("administrator").PostAsync(path, null, Cancellation);
        Assert.True(done.IsSuccessStatusCode);
    }

    private static HandOverCard HandOver(Person person) => new(
        new PresentedCard(person.Card, Person.Municipality, Person.CardExpiresOn, []), [], _licence);

    private async Task<Worklist> WorklistAsync(string role, string query) =>
        (await _hall.Line(role).GetFromJsonAsync<Worklist>($"worklist?{query}", Contract.Options, Cancellation))!;

    private async Task<NightReport> NightAsync(string day)
    {
        using var answer = await _hall.Line("administrator").PostAsync($"jobs/nightly?day={day}", null, Cancellation);
        answer.EnsureSuccessStatusCode();
        return Assert.Single((await answer.Content.ReadFromJsonAsync<IReadOnlyList<NightReport>>(Contract.Options, Cancellation))!);
    }

    private async Task<IReadOnlyList<Recorded>> HistoryAsync(Person person) =>
        (await new BackOfficeClient(_hall.Line("auditor")).HistoryAsync(person.Id, Cancellation)).Try(out var recorded, out var stop)
            ? recorded
            : throw new InvalidOperationException(stop.Code);

    private async Task<string> RefusedAsync(string role, ResidentId resident, ResidentCommand command) =>
        (await new BackOfficeClient(_hall.Line(role)).SubmitAsync(resident, new CommandId(Guid.CreateVersion7()), command, Cancellation)).Try(out _, out var stop)
            ? "accepted"
            : stop.Code;
}
