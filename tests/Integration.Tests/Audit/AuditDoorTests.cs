using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Audit.Records;
using Jpki.Audit.Verification;
using Jpki.Domain;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;
using Jpki.Pki.Notes;

namespace Jpki.Integration.Tests.Audit;

/// <summary>The record proves itself to whoever has the public key and asks over HTTP (B1); the past is told again from it (B2).</summary>
[Trait("Rule", "B1")]
[Trait("Rule", "D5")]
public sealed class AuditDoorTests(TownHallFixture fixture) : IAsyncLifetime
{
    private readonly HttpClient _log = new() { BaseAddress = new Uri(fixture.Hall.Silo.PublicAddress, "/log/13207/") };
    private Person _person = null!;
    private string _serial = "";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private HttpClient Auditor => fixture.Hall.Line("auditor");

    public async ValueTask InitializeAsync()
    {
        await using var slot = await fixture.Readers.RentAsync();
        _person = await fixture.Hall.RegisterAsync();
        var visit = new Visit(fixture.Hall, slot, _person, fixture.Hall.CardFor(_person));
        await slot.InsertAsync(visit.Card);
        Visit.AssertCompleted(await visit.HandOverAsync());
        _serial = (await LedgerPage.ReadAsync(fixture.Hall, _person)).Active(CertificateKind.Signature).Serial.Value;
    }

    public ValueTask DisposeAsync()
    {
        _log.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_export_of_a_living_system_verifies_with_the_key_and_agrees_with_what_was_handed_out_before()
    {
        var known = await NoteAsync();

        await using var export = await Auditor.GetStreamAsync(new Uri("audit/13207/export?compressed=true", UriKind.Relative), Now);
        var report = await new ExportVerifier(new(await KeyAsync()) { Known = [known] }, Ed25519Judge.Instance).VerifyAsync(export, cancellation: Now);

        Assert.True(report.IsGood, string.Join('\n', report.Findings.Select(each => each.English)));
        Assert.True(report.Events > 0 && report.Certificates > 0 && report.Checkpoints > 0);
    }

    [Fact]
    public async Task The_proof_of_a_certificate_is_verified_without_the_server()
    {
        ProofBundle? bundle = null;
        await Eventually.TrueAsync("a checkpoint that covers the certificate", async () =>
        {
            using var answer = await Auditor.GetAsync(new Uri($"audit/13207/certificates/{_serial}/proof", UriKind.Relative), Now);
            if (answer.StatusCode == HttpStatusCode.OK)
                bundle = ProofBundle.Parse(await answer.Content.ReadAsByteArrayAsync(Now));
            return bundle is not null;
        });

        Assert.Equal((_person.Id.Value, "certificate-issued.v1"), (bundle!.Event.Stream, bundle.Event.Type));
        Assert.Empty(BundleVerifier.Verify(bundle, new(await KeyAsync()), Ed25519Judge.Instance));
        Assert.NotEmpty(BundleVerifier.Verify(bundle with { Event = bundle.Event with { Version = 99 } }, new(await KeyAsync()), Ed25519Judge.Instance));
    }

    [Fact]
    public async Task A_later_checkpoint_is_proven_to_continue_an_earlier_and_a_witness_signs_it()
    {
        var early = await CheckpointAsync();
        var late = early;
        await fixture.Hall.RegisterAsync();
        await Eventually.TrueAsync("a later checkpoint", async () =>
        {
            late = await CheckpointAsync();
            return late.Size > early.Size;
        });

        var proof = await _log.GetFromJsonAsync<JsonObject>(new Uri($"proofs/consistency?from={early.Size}&to={late.Size}", UriKind.Relative), Now);
        TreeHash[] hashes = [.. proof!["hashes"]!.AsArray().Select(each => new TreeHash(Convert.FromBase64String(each!.GetValue<string>())))];
        Assert.True(Proofs.Continues(early.Size, early.Root, late.Size, late.Root, hashes));

        Assert.True(SignedNote.TryParse(await _log.GetStringAsync(new Uri($"checkpoints/{late.Size}", UriKind.Relative), Now), out var note));
        var line = Cosignature.Sign(note, TownHallFixture.Witness, DateTimeOffset.UtcNow);
        using var taken = await _log.PostAsync(new Uri("cosignatures", UriKind.Relative), new StringContent($"size {late.Size}\n{line}\n"), Now);
        using var strange = await _log.PostAsync(
            new Uri("cosignatures", UriKind.Relative),
            new StringContent($"size {late.Size}\n{Cosignature.Sign(note, Ed25519NoteSigner.Generate("witness.example", NoteKeyKind.Cosignature), DateTimeOffset.UtcNow)}\n"), Now);

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Forbidden), (taken.StatusCode, strange.StatusCode));
        Assert.True(SignedNote.TryParse(await _log.GetStringAsync(new Uri($"checkpoints/{late.Size}", UriKind.Relative), Now), out var cosigned));
        Assert.NotNull(Cosignature.SignedAt(cosigned, TownHallFixture.Witness.Key, Ed25519Judge.Instance));
    }

    [Fact]
    [Trait("Rule", "B2")]
    public async Task The_past_is_told_again_by_version_by_instant_on_two_times_and_as_a_difference()
    {
        var before = (await LedgerPage.ReadAsync(fixture.Hall, _person)).Events.Count();
        await fixture.Hall.DoAsync("call-centre", _person.Id, new SuspendCertificates());

        var registered = await ReplayedAsync("version=1");
        var handedOver = await ReplayedAsync($"version={before}");
        var suspended = await ReplayedAsync("");
        Assert.Equal((1, 0), (Acts(registered), Certificates(registered).Count));
        Assert.All(Certificates(handedOver), each => Assert.Equal("active", each!["status"]!.GetValue<string>()));
        Assert.All(Certificates(suspended), each => Assert.Equal("onHold", each!["status"]!.GetValue<string>()));

        var then = await GetAsync($"two-times?asOf=2019-01-01");
        Assert.True(then["attributesSince"] is null && then["attributes"] is null);
        var differences = await Auditor.GetFromJsonAsync<JsonArray>(new Uri($"audit/residents/{_person.Id}/differences?from=2020-01-01", UriKind.Relative), Now);
        Assert.Contains(differences!, each => each!["code"]!.GetValue<string>() == "CertificateChanged");
        var count = await Auditor.GetFromJsonAsync<JsonObject>(new Uri("audit/13207/count", UriKind.Relative), Now);
        Assert.True(count!["registered"]!.GetValue<long>() > 0);
        var acts = await Auditor.GetStringAsync(new Uri($"audit/13207/acts?office={TownHall.CityHall}", UriKind.Relative), Now);
        Assert.Contains(_person.Id.Value, acts, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit/13207/export")]
    [InlineData("audit/13207/events/1/proof")]
    [InlineData("audit/13207/acts")]
    [InlineData("audit/13207/count")]
    [InlineData("audit/residents/13207-00000001/replay")]
    [InlineData("audit/residents/13207-00000001/two-times?asOf=2026-01-01")]
    [InlineData("audit/residents/13207-00000001/differences?from=2026-01-01")]
    public async Task Only_auditors_are_told(string path)
    {
        foreach (var role in (string[])["clerk", "supervisor", "call-centre", "statistics", "administrator"])
        {
            using var answer = await fixture.Hall.Line(role).GetAsync(new Uri(path, UriKind.Relative), Now);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("audit/residents/13207-1/replay")]
    [InlineData("audit/residents/13207-00000001/replay?version=0")]
    [InlineData("audit/residents/13207-00000001/replay?at=yesterday")]
    [InlineData("audit/residents/13207-00000001/two-times")]
    [InlineData("audit/residents/13207-00000001/differences?from=2026-02-01&to=2026-01-01")]
    [InlineData("audit/13207/acts?office=1")]
    [InlineData("audit/akishima/count")]
    public async Task What_is_asked_wrongly_is_told_so(string path)
    {
        using var answer = await Auditor.GetAsync(new Uri(path, UriKind.Relative), Now);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("proofs/inclusion?index=999999999&size=1000000000")]
    [InlineData("proofs/inclusion?index=-1&size=1")]
    [InlineData("proofs/consistency?from=0&to=1")]
    [InlineData("proofs/consistency")]
    [InlineData("checkpoints/999999999")]
    [InlineData("/log/99999/key")]
    [InlineData("/log/akishima/checkpoint")]
    public async Task What_there_is_no_proof_of_is_not_found(string path)
    {
        using var answer = await _log.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), Now);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static int Acts(JsonObject replayed) => replayed["acts"]!.AsArray().Count;

    private static JsonArray Certificates(JsonObject replayed) => replayed["state"]!["certificates"]!.AsArray();

    private Task<JsonObject> ReplayedAsync(string query) => GetAsync($"replay?{query}");

    private async Task<JsonObject> GetAsync(string path) =>
        (await Auditor.GetFromJsonAsync<JsonObject>(new Uri($"audit/residents/{_person.Id}/{path}", UriKind.Relative), Now))!;

    private async Task<NoteKey> KeyAsync() =>
        NoteKey.TryParse((await _log.GetStringAsync(new Uri("key", UriKind.Relative), Now)).Trim(), out var key) ? key : throw new InvalidOperationException("No key.");

    private async Task<SignedNote> NoteAsync()
    {
        SignedNote? note = null;
        await Eventually.TrueAsync("a checkpoint", async () =>
        {
            using var answer = await _log.GetAsync(new Uri("checkpoint", UriKind.Relative), Now);
            return answer.IsSuccessStatusCode && SignedNote.TryParse(await answer.Content.ReadAsStringAsync(Now), out note);
        });
        return note!;
    }

    private async Task<Checkpoint> CheckpointAsync()
    {
        var note = await NoteAsync();
        Assert.True(note.IsSignedBy(await KeyAsync(), Ed25519Judge.Instance));
        Assert.True(Checkpoint.TryParse(note.Text, out var checkpoint));
        return checkpoint;
    }
}
