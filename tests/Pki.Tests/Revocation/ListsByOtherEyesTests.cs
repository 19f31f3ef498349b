using System.Globalization;
using Jpki.Domain;
using Jpki.Pki.Keys;
using Jpki.Pki.Revocation;

namespace Jpki.Pki.Tests.Revocation;

/// <summary>Lists as OpenSSL and GnuTLS read and use them.</summary>
public sealed class ListsByOtherEyesTests(StoreFixture store)
{
    public static TheoryData<KeyAlgorithm, CertificateKind> EveryProfile => StoreFixture.EveryProfile;

    [Theory, MemberData(nameof(EveryProfile))]
    public async Task OpenSSL_reads_a_full_list_and_verifies_it(KeyAlgorithm algorithm, CertificateKind kind)
    {
        using var workshop = new ListWorkshop(store.With(algorithm), kind);

        var text = OpenSsl(workshop, await workshop.BuildAsync(
            workshop.Full(), ListWorkshop.Entry(1, RevocationReason.CertificateHold), ListWorkshop.Entry(2, RevocationReason.KeyCompromise)));

        AssertInThisOrder(
            text,
            "Version 2 (0x1)",
            algorithm == KeyAlgorithm.Rsa2048Sha256 ? "sha256WithRSAEncryption" : "ecdsa-with-SHA384",
            "Last Update: Apr  2 00:30:15 2026 GMT", "Next Update: Apr  4 00:30:15 2026 GMT",
            "X509v3 Authority Key Identifier:", "X509v3 CRL Number:", "7",
            "X509v3 Issuing Distribution Point: critical", "CN = Akishima-shi CRLDP", "/13207.crl",
            "X509v3 Freshest CRL:", "/13207.delta.crl",
            "Serial Number: 42000000000000000000000000000001", "Apr  1 00:30:15 2026 GMT", "X509v3 CRL Reason Code:", "Certificate Hold",
            "Serial Number: 42000000000000000000000000000002", "Key Compromise");
    }

    [Fact]
    public async Task OpenSSL_reads_an_empty_list_and_a_delta()
    {
        using var workshop = new ListWorkshop(store.Rsa);

        AssertInThisOrder(OpenSsl(workshop, await workshop.BuildAsync(workshop.Full())), "X509v3 CRL Number:", "No Revoked Certificates.");
        AssertInThisOrder(
            OpenSsl(workshop, await workshop.BuildAsync(workshop.Delta(), ListWorkshop.Entry(1, RevocationReason.RemoveFromCrl))),
            "X509v3 CRL Number:", "8", "X509v3 Delta CRL Indicator: critical", "7", "X509v3 Issuing Distribution Point: critical",
            "Serial Number: 42000000000000000000000000000001", "Remove From CRL");
    }

    [Theory, MemberData(nameof(EveryProfile))]
    public async Task GnuTLS_reads_a_list_and_verifies_it(KeyAlgorithm algorithm, CertificateKind kind)
    {
        using var workshop = new ListWorkshop(store.With(algorithm), kind);
        // Debian 12's certtool verifies as of now and cannot be told another time: this list is good for as long as its authority nearly is.
        var order = workshop.Full() with { NextUpdate = workshop.Authority.NotAfter.AddDays(-1) };
        var built = await workshop.BuildAsync(order, ListWorkshop.Entry(1, RevocationReason.CertificateHold));

        var text = Tool.Run("certtool", "--crl-info", "--inder", "--infile", built.File);
        var verdict = Tool.Run("certtool", "--verify-crl", "--load-ca-certificate", workshop.AuthorityPem(), "--infile", workshop.Pem(built));

        AssertInThisOrder(text, "Version: 2", "CRL Number (not critical): 07", "Revoked certificates (1):", "42000000000000000000000000000001");
        Assert.Contains("Verification output: Verified", verdict, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(EveryProfile))]
    public async Task A_certificate_is_good_until_it_is_on_the_list_and_again_when_a_delta_removes_it(KeyAlgorithm algorithm, CertificateKind kind)
    {
        using var workshop = new ListWorkshop(store.With(algorithm), kind);
        var serial = Octets.From(TestData.Order(store.With(algorithm), kind).Serial.ToOctets());
        var holder = workshop.WritePem("holder", "CERTIFICATE", store.Issue(algorithm, kind).Span);
        var held = new RevocationEntry(serial, RevocationReason.CertificateHold, TestData.Now);
        var (empty, onHold) = (await workshop.BuildAsync(workshop.Full()), await workshop.BuildAsync(workshop.Full(), held));
        var revoked = await workshop.BuildAsync(workshop.Full(), held with { Reason = RevocationReason.KeyCompromise });
        var added = await workshop.BuildAsync(workshop.Delta(), held);
        var removed = await workshop.BuildAsync(workshop.Delta(), held with { Reason = RevocationReason.RemoveFromCrl });

        Assert.True(IsGood(empty));
        Assert.False(IsGood(onHold));
        Assert.False(IsGood(revoked));
        Assert.False(IsGood(empty, added));
        Assert.True(IsGood(onHold, removed));

        bool IsGood(RevocationListBuilt full, RevocationListBuilt? delta = null)
        {
            string[] deltas = delta is null ? [] : ["-use_deltas", "-CRLfile", workshop.Pem(delta)];
            string[] lists = ["-CRLfile", workshop.Pem(full), .. deltas];
            var at = TestData.Now.AddDays(2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            var (exitCode, output) = Tool.Try(
                "openssl", ["verify", "-x509_strict", "-crl_check", "-attime", at, "-CAfile", workshop.AuthorityPem(), .. lists, holder]);
            // Anything but "good" and "revoked", such as a list of another scope, is a mistake of ours.
            Assert.True(exitCode == 0 || output.Contains("error 23 at 0 depth lookup: certificate revoked", StringComparison.Ordinal), output);
            return exitCode == 0;
        }
    }

    private static string OpenSsl(ListWorkshop workshop, RevocationListBuilt list)
    {
        var (exitCode, output) = Tool.Try(
            "openssl", ["crl", "-inform", "DER", "-in", list.File, "-noout", "-text", "-verify", "-CAfile", workshop.AuthorityPem()]);
        Assert.Equal(0, exitCode);
        Assert.Contains("verify OK", output, StringComparison.Ordinal);
        return output;
    }

    private static void AssertInThisOrder(string text, params string[] parts)
    {
        var position = 0;
        foreach (var part in parts)
        {
            var found = text.IndexOf(part, position, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{part}' is not there, or not in its place:\n{text}");
            position = found + part.Length;
        }
    }
}
