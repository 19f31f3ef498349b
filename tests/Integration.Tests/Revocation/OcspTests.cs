using System.Diagnostics;
using System.Net.Http.Headers;
using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Revocation;

/// <summary>有効性確認: what a relying party is told while the town hall works, over real HTTP.</summary>
public sealed class OcspTests(TownHallFixture fixture) : IAsyncLifetime
{
    private const CertificateKind Signature = CertificateKind.Signature;
    private const CertificateKind UserAuthentication = CertificateKind.UserAuthentication;

    /// <summary>From the command's answer to the last request that is still told the old status.</summary>
    private static readonly TimeSpan _promise = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new();
    private OpenSslClient _openssl = null!;
    private ReaderSlot _slot = null!;
    private Visit _visit = null!;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _openssl = new(fixture.Hall);
        _slot = await fixture.Readers.RentAsync();
        var person = await fixture.Hall.RegisterAsync();
        _visit = new Visit(fixture.Hall, _slot, person, fixture.Hall.CardFor(person));
        await _slot.InsertAsync(_visit.Card);
        Visit.AssertCompleted(await _visit.HandOverAsync());
        foreach (var issued in (await LedgerPage.ReadAsync(fixture.Hall, person)).Events.OfType<CertificateIssued>())
            await _openssl.TakeAsync(issued.Kind, issued.Certificate.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _openssl.Dispose();
        await _slot.DisposeAsync();
    }

    [Fact]
    [Trait("Rule", "S6")]
    [Trait("Rule", "S30")]
    [Trait("Rule", "S32")]
    public async Task OpenSSL_is_told_good_held_released_and_revoked_as_it_happens()
    {
        var person = _visit.Person.Id;
        await AssertToldAsync(": good", Signature, UserAuthentication);

        await fixture.Hall.DoAsync("call-centre", person, new SuspendCertificates());
        await AssertVisibleInTimeAsync(isRevoked: true, Signature);
        await AssertToldAsync("Reason: certificateHold", Signature, UserAuthentication);

        Visit.AssertCompleted(await _visit.ReleaseAsync());
        await AssertVisibleInTimeAsync(isRevoked: false, Signature);
        await AssertToldAsync(": good", Signature, UserAuthentication);

        await fixture.Hall.DoAsync("registry", person, new ChangeAttributes(_visit.Person.Moved, new DateOnly(2026, 5, 30)));
        await AssertVisibleInTimeAsync(isRevoked: true, Signature);
        await AssertToldAsync("Reason: affiliationChanged", Signature);
        await AssertToldAsync(": good", UserAuthentication);
    }

    [Fact]
    public async Task What_was_never_issued_is_unknown() =>
        Assert.Contains("0x5A00000000000001: unknown", await _openssl.AskAsync(Signature, "0x5A00000000000001"), StringComparison.Ordinal);

    [Fact]
    public async Task GET_and_POST_give_the_same_answer()
    {
        var request = await _openssl.RequestAsync(Signature);
        await FetchAsync(request);

        using var posted = await _http.PostAsync(
            Responder, new ByteArrayContent(request) { Headers = { ContentType = new MediaTypeHeaderValue("application/ocsp-request") } }, Now);

        Assert.Equal(await FetchAsync(request), await posted.Content.ReadAsByteArrayAsync(Now));
    }

    private Uri Responder => new(fixture.Hall.Silo.PublicAddress, "ocsp");

    private async Task AssertToldAsync(string part, params CertificateKind[] kinds)
    {
        foreach (var kind in kinds)
            Assert.Contains(part, await _openssl.AskAsync(kind), StringComparison.Ordinal);
    }

    /// <summary>
    /// Called as soon as a command is answered: whoever asks a second later or more, without a nonce and so of what is signed already, is told
    /// the new status.
    /// </summary>
    private async Task AssertVisibleInTimeAsync(bool isRevoked, CertificateKind kind)
    {
        var sinceAnswer = Stopwatch.StartNew();
        var request = await _openssl.RequestAsync(kind);
        await Eventually.TrueAsync("the new status", async () =>
        {
            var askedAt = sinceAnswer.Elapsed;
            var isTold = SaysRevoked(await FetchAsync(request)) == isRevoked;
            Assert.True(isTold || askedAt < _promise, $"Asked {askedAt.TotalMilliseconds:F0} ms after the command, and told the old status.");
            return isTold;
        });
    }

    /// <summary>RevokedInfo begins with its tag, a length and a GeneralizedTime of 15 characters.</summary>
    private static bool SaysRevoked(ReadOnlySpan<byte> answer) => answer.IndexOf((ReadOnlySpan<byte>)[0xA1, 0x16, 0x18, 0x0F]) >= 0;

    private Task<byte[]> FetchAsync(byte[] request) =>
        _http.GetByteArrayAsync($"{Responder}/{Uri.EscapeDataString(Convert.ToBase64String(request))}", Now);
}
