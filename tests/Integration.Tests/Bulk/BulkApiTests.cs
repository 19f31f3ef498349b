using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Jpki.Counter.Gateway.BackOffice;
using Jpki.Domain;
using Jpki.Domain.Bulk;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;
using Jpki.Silo.Bulk;
using Jpki.Silo.Security;

namespace Jpki.Integration.Tests.Bulk;

/// <summary>一括失効: a file, two officers, and every resident's own events. A silo of its own: it is killed in the middle.</summary>
public sealed class BulkApiTests(TownHallFixture fixture) : IAsyncLifetime
{
    private TownHall _hall = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _hall = await TownHall.OpenAsync(fixture.Readers);

    public ValueTask DisposeAsync() => _hall.DisposeAsync();

    [Fact]
    [Trait("Rule", "B1")]
    [Trait("Rule", "B4")]
    public async Task Two_officers_revoke_many_and_both_stand_in_each_residents_events()
    {
        var held = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => IssuedAsync()));
        var file = FileOf([.. held.Select(each => $"{each.Person},{each.Serial}"), $"{held[0].Person},0a01", "13202-00000001,0a01", "nonsense"]);
        var id = Guid.CreateVersion7();

        var proposed = await ProposeAsync(id, file);
        Assert.Equal((BulkStatus.Waiting, 3, 3), (proposed.Bulk!.Status, proposed.Bulk.Lines, proposed.Bulk.Progress.Rejected));
        Assert.Equal([null, null, null, "UnknownCertificate", "OtherMunicipality", "LineUnreadable"], proposed.Lines.Select(each => each.Code));
        var again = await ProposeAsync(id, FileOf(["nonsense"]));
        Assert.Equal(proposed.Lines.Select(each => (each.Line, each.Code)), again.Lines.Select(each => (each.Line, each.Code)));
        Assert.All(await Task.WhenAll(held.Select(HistoryAsync)), history => Assert.DoesNotContain(history, each => each.Event is ProposalMade));

        var waiting = Assert.Single((await _hall.Line("auditor").GetFromJsonAsync<IReadOnlyList<BulkView>>("bulk", Contract.Options, Cancellation))!);
        Assert.Equal((proposed.Bulk.Sha256, new DateOnly(2026, 6, 15)), (waiting.Sha256, waiting.DueOn));
        var lines = await _hall.Line("auditor").GetByteArrayAsync($"bulk/{id}/lines", Cancellation);
        Assert.Equal(waiting.Sha256, Convert.ToHexStringLower(SHA256.HashData(lines)));

        Assert.Equal(HttpStatusCode.Forbidden, await ConfirmAsync(_hall.Line("supervisor"), id));
        Assert.Equal(HttpStatusCode.Accepted, await ConfirmAsync(OtherSupervisor(), id));
        await FinishedAsync(id, done: 3);
        Assert.Equal(HttpStatusCode.Accepted, await ConfirmAsync(OtherSupervisor(), id));

        foreach (var history in await Task.WhenAll(held.Select(HistoryAsync)))
        {
            Assert.Equal("supervisor-1", Assert.Single(history, each => each.Event is ProposalMade).Provenance.By.Subject);
            var revoked = Assert.Single(history, each => each.Event is CertificateRevoked);
            Assert.Equal(("supervisor-2", RevocationCause.KeyLeaked), (revoked.Provenance.By.Subject, ((CertificateRevoked)revoked.Event).Cause));
        }

        Assert.Empty((await _hall.Line("supervisor").GetFromJsonAsync<IReadOnlyList<BulkView>>("bulk", Contract.Options, Cancellation))!);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task A_silo_killed_after_the_confirmation_goes_on_as_it_starts_and_does_each_line_once()
    {
        var held = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => IssuedAsync()));
        var id = Guid.CreateVersion7();
        await ProposeAsync(id, FileOf([.. held.Select(each => $"{each.Person},{each.Serial}")]));

        Assert.Equal(HttpStatusCode.Accepted, await ConfirmAsync(OtherSupervisor(), id));
        await _hall.Silo.KillAsync();
        await _hall.Silo.StartAgainAsync();

        await FinishedAsync(id, done: held.Length);
        foreach (var history in await Task.WhenAll(held.Select(HistoryAsync)))
        {
            Assert.Single(history, each => each.Event is ProposalMade);
            Assert.Single(history, each => each.Event is CertificateRevoked);
        }
    }

    [Fact]
    public async Task What_was_turned_down_or_has_ended_meanwhile_is_not_done()
    {
        var (turnedDown, ended) = (await IssuedAsync(), await IssuedAsync());
        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await ProposeAsync(one, FileOf([$"{turnedDown.Person},{turnedDown.Serial}"]));
        await ProposeAsync(other, FileOf([$"{ended.Person},{ended.Serial}"]));
        await _hall.DoAsync("clerk", ended.Person, new RevokeCertificates(
            [CertificateKind.UserAuthentication], RevocationCause.HolderApplication, new(IdentityDocument.DrivingLicence)));

        using var withdrawn = await OtherSupervisor().PostAsync($"bulk/{one}/withdrawal", null, Cancellation);
        Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, await ConfirmAsync(OtherSupervisor(), one));
        Assert.Equal(HttpStatusCode.Accepted, await ConfirmAsync(OtherSupervisor(), other));
        var report = await FinishedAsync(other, done: 0);

        Assert.Equal((BulkOutcome.Failed, "NothingToRevoke"), (report.Lines[0].Outcome, report.Lines[0].Code));
        Assert.DoesNotContain(await HistoryAsync(turnedDown), each => each.Event is CertificateRevoked);
    }

    internal static StringContent FileOf(IEnumerable<string> lines) =>
        new(string.Join('\n', lines.Prepend("resident,serial")), Encoding.UTF8, new MediaTypeHeaderValue("text/csv"));

    private async Task<BulkReport> ProposeAsync(Guid id, HttpContent file)
    {
        using var answer = await _hall.Line("supervisor").PostAsync($"bulk?commandId={id}&reason=keyLeaked", file, Cancellation);
        return answer.IsSuccessStatusCode
            ? (await answer.Content.ReadFromJsonAsync<BulkReport>(Contract.Options, Cancellation))!
            : throw new Xunit.Sdk.XunitException(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static async Task<HttpStatusCode> ConfirmAsync(HttpClient line, Guid id)
    {
        using var answer = await line.PostAsync($"bulk/{id}/confirmation", null, Cancellation);
        return answer.StatusCode;
    }

    private async Task<BulkReport> FinishedAsync(Guid id, int done)
    {
        BulkReport report = null!;
        await Eventually.TrueAsync("the end of the bulk revocation", async () =>
        {
            report = (await _hall.Line("auditor").GetFromJsonAsync<BulkReport>($"bulk/{id}", Contract.Options, Cancellation))!;
            return report.Bulk!.Status == BulkStatus.Finished;
        });
        Assert.Equal(done, report.Bulk!.Progress.Done);
        return report;
    }

    private HttpClient OtherSupervisor() => _hall.LineWith(DevelopmentTokens.Issue(
        DevelopmentTokens.OpenKey(_hall.InDataFolder("tokens", "development-key.pem")),
        "jpki-orleans", "supervisor-2", "supervisor", OfficeCode.Parse(TownHall.CityHall), TimeSpan.FromHours(1), TimeProvider.System));

    /// <summary>A resident with an issued certificate, by commands alone: a key in memory takes the card's place.</summary>
    private async Task<(ResidentId Person, SerialNumber Serial)> IssuedAsync()
    {
        var person = await _hall.RegisterAsync();
        var handOver = new HandOverCard(
            new PresentedCard(person.Card, Person.Municipality, Person.CardExpiresOn, []), [CertificateKind.Signature], new(IdentityDocument.DrivingLicence));
        var application = (await _hall.DoAsync("clerk", person.Id, handOver)).OfType<CertificatesApplied>().Single().Application;
        using var key = RSA.Create(2048);
        var subject = string.Create(CultureInfo.InvariantCulture, $"CN={RequestCertificate.ProofSubject(application, CertificateKind.UserAuthentication)}");
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest();
        var events = await _hall.DoAsync("clerk", person.Id, new RequestCertificate(application, CertificateKind.UserAuthentication, Octets.From(request)));
        return (person.Id, events.OfType<CertificateIssued>().Single().Serial);
    }

    private async Task<IReadOnlyList<Recorded>> HistoryAsync((ResidentId Person, SerialNumber Serial) held) =>
        (await new BackOfficeClient(_hall.Line("auditor")).HistoryAsync(held.Person, Cancellation)).Try(out var recorded, out var stop)
            ? recorded
            : throw new InvalidOperationException(stop.Code);
}
