using Jpki.Domain;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Outside;

/// <summary>利用者証明: a holder logs in at other people's sites with the card, by programs and libraries that are not ours.</summary>
public sealed class TlsLoginTests(HolderCard card) : IClassFixture<HolderCard>
{
    private const CertificateKind Signature = CertificateKind.Signature;
    private const CertificateKind UserAuthentication = CertificateKind.UserAuthentication;

    public static TheoryData<LoginClient, LoginSite> Pairs => new MatrixTheoryData<LoginClient, LoginSite>(Enum.GetValues<LoginClient>(), Enum.GetValues<LoginSite>());

    [Theory]
    [Trait("Rule", "S8")]
    [MemberData(nameof(Pairs))]
    public async Task The_user_authentication_key_on_the_card_logs_in(LoginClient client, LoginSite site)
    {
        await using var server = await OpenAsync(site, card.AuthorityFile(UserAuthentication));

        var page = await card.LogInAsync(client, UserAuthentication, server);

        AssertWelcomed(page, UserAuthentication);
    }

    [Theory]
    [InlineData(LoginSite.OpenSsl, "unable to get local issuer certificate")]
    [InlineData(LoginSite.Kestrel, "PartialChain")]
    public async Task The_signature_key_does_not_log_in_where_the_user_authentication_authority_is_trusted(LoginSite site, string objection)
    {
        await using var server = await OpenAsync(site, card.AuthorityFile(UserAuthentication));

        var page = await card.LogInAsync(LoginClient.GnuTls, Signature, server);

        AssertTurnedAway(page, Signature);
        Assert.Contains(objection, server.Objections, StringComparison.Ordinal);
    }

    /// <remarks>
    /// The signature certificate names no extended key usage, as the service's does, and what names none is good for any (RFC 5280 4.2.1.12):
    /// who trusts both authorities tells the kinds apart by policy, or not at all.
    /// </remarks>
    [Theory]
    [InlineData(LoginSite.OpenSsl, "no explicit policy")]
    [InlineData(LoginSite.Kestrel, "NotValidForUsage")]
    public async Task A_site_that_trusts_both_authorities_tells_the_kinds_apart_by_policy(LoginSite site, string objection)
    {
        await using var server = await OpenAsync(site, card.BothAuthoritiesFile, HolderCard.PolicyOf(UserAuthentication));

        AssertWelcomed(await card.LogInAsync(LoginClient.GnuTls, UserAuthentication, server), UserAuthentication);
        AssertTurnedAway(await card.LogInAsync(LoginClient.GnuTls, Signature, server), Signature);
        Assert.Contains(objection, server.Objections, StringComparison.Ordinal);
    }

    /// <summary>A limit of the card that an operator of a site must know: see <see cref="LoginClients"/>.</summary>
    [Fact]
    public async Task A_site_that_insists_on_TLS_1_3_gets_no_certificate()
    {
        await using var server = await OpenAsync(LoginSite.OpenSsl, card.AuthorityFile(UserAuthentication));

        var page = await card.LogInByGnuTlsAsync(UserAuthentication, server, "NORMAL:-VERS-ALL:+VERS-TLS1.3");

        AssertTurnedAway(page, UserAuthentication);
        Assert.Contains("No certificate was sent to peer", page.Output, StringComparison.Ordinal);
    }

    private async Task<LoginServer> OpenAsync(LoginSite site, string authorities, string? policy = null) =>
        await LoginServer.OpenAsync(site, new LoginRules(authorities, await card.NowAsync(), policy));

    private void AssertWelcomed(ProgramEnd page, CertificateKind kind)
    {
        Assert.True(page.Output.Contains("200 OK", StringComparison.OrdinalIgnoreCase), page.Output + page.Errors);
        Assert.Contains(card.CommonName(kind), page.Output, StringComparison.Ordinal);
    }

    private void AssertTurnedAway(ProgramEnd page, CertificateKind kind)
    {
        Assert.DoesNotContain("200 OK", page.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(card.CommonName(kind), page.Output, StringComparison.Ordinal);
        Assert.NotEqual(0, page.ExitCode);
    }
}
