using System.Text.RegularExpressions;
using Jpki.Domain;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Outside;

/// <summary>失効情報: what OpenSSL makes of a card's certificates, finding the revocation list where the certificate itself says it is.</summary>
public sealed partial class RevocationByOthersTests(TownHallFixture main) : IAsyncLifetime
{
    private const string Revoked = "certificate revoked";

    private readonly HolderCard _card = new(main);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _card.InitializeAsync();

    public ValueTask DisposeAsync() => _card.DisposeAsync();

    [Fact]
    [Trait("Rule", "S6")]
    [Trait("Rule", "S30")]
    [Trait("Rule", "S32")]
    public async Task OpenSSL_verifies_by_the_list_that_the_certificate_points_to()
    {
        await AssertVerdictAsync(CertificateKind.Signature, ": OK");
        await AssertVerdictAsync(CertificateKind.UserAuthentication, ": OK");

        await _card.Hall.DoAsync("call-centre", _card.Visit.Person.Id, new SuspendCertificates());
        await AssertVerdictAsync(CertificateKind.Signature, Revoked);
        await AssertVerdictAsync(CertificateKind.UserAuthentication, Revoked);

        Visit.AssertCompleted(await _card.Visit.ReleaseAsync());
        await AssertVerdictAsync(CertificateKind.Signature, ": OK");
        await AssertVerdictAsync(CertificateKind.UserAuthentication, ": OK");

        await _card.Hall.DoAsync("registry", _card.Visit.Person.Id, new ChangeAttributes(_card.Visit.Person.Moved, new DateOnly(2026, 5, 30)));
        await AssertVerdictAsync(CertificateKind.Signature, Revoked);
        await AssertVerdictAsync(CertificateKind.UserAuthentication, ": OK");
    }

    /// <summary>Publishes full lists and has OpenSSL judge by the one fetched.</summary>
    private async Task AssertVerdictAsync(CertificateKind kind, string expected)
    {
        using var published = await _card.Hall.Line("administrator").PostAsync("jobs/revocation-lists/publish", null, Now);
        published.EnsureSuccessStatusCode();
        var list = await FetchListAsync(kind);
        var end = await OutsideProgram.RunAsync(
            "openssl",
            ["verify", "-crl_check", "-attime", await _card.AtTimeAsync(), "-CAfile", _card.AuthorityFile(kind), "-CRLfile", list, _card.CertificateFile(kind)]);
        Assert.Contains(expected, end.Output + end.Errors, StringComparison.Ordinal);
    }

    private async Task<string> FetchListAsync(CertificateKind kind)
    {
        var points = await OutsideProgram.MustAsync("openssl", ["x509", "-in", _card.CertificateFile(kind), "-noout", "-ext", "crlDistributionPoints"]);
        using var http = new HttpClient();
        await File.WriteAllBytesAsync(_card.In("list.crl"), await http.GetByteArrayAsync(new Uri(Address().Match(points).Groups[1].Value), Now), Now);
        await OutsideProgram.MustAsync("openssl", ["crl", "-inform", "DER", "-in", _card.In("list.crl"), "-out", _card.In("list.pem")]);
        return _card.In("list.pem");
    }

    [GeneratedRegex(@"URI:(\S+)")]
    private static partial Regex Address();
}
