using System.Globalization;
using Jpki.Domain;
using Jpki.Domain.Rules;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Tests;

/// <summary>The profiles as OpenSSL and GnuTLS read them.</summary>
public sealed class ProfileByOtherEyesTests(StoreFixture store)
{
    public static TheoryData<KeyAlgorithm, CertificateKind> EveryProfile => StoreFixture.EveryProfile;

    [Fact, Trait("Rule", "S8")]
    public void OpenSSL_reads_the_signature_profile_as_it_is_written_down()
    {
        var text = OpenSslText(store.Issue(KeyAlgorithm.Rsa2048Sha256, CertificateKind.Signature));

        AssertInThisOrder(
            text,
            "Version: 3 (0x2)",
            "Signature Algorithm: sha256WithRSAEncryption",
            "Issuer: C=JP,O=JPKI Orleans TEST,OU=JPKI for digital signature,OU=JPKI Orleans TEST operator",
            "Not Before: Apr  1 00:30:15 2026 GMT",
            "Not After : Jan  8 14:59:59 2031 GMT",
            "Subject: C=JP,L=Tokyo-to,L=Akishima-shi,CN=20260401090000ABCDE132070001",
            "X509v3 Key Usage: critical", "Digital Signature, Non Repudiation",
            "X509v3 Certificate Policies: critical", "Policy: 2.25.218878828024616747857647509774583079423.1", "CPS: http://localhost:8080/pki/cps",
            "X509v3 Subject Alternative Name:",
            "1.2.392.200149.8.5.5.1::公的〓太郎", "1.2.392.200149.8.5.5.4::419890108", "1.2.392.200149.8.5.5.3::2",
            "1.2.392.200149.8.5.5.5::東京都昭島市田中町一丁目１７番１号", "1.2.392.200149.8.5.5.2::00100", "1.2.392.200149.8.5.5.6::00000000000000000",
            "X509v3 Issuer Alternative Name:", "DirName:",
            "X509v3 CRL Distribution Points:",
            "O = JPKI Orleans TEST, OU = JPKI for digital signature, OU = CRL Distribution Points, OU = Tokyo-to, CN = Akishima-shi CRLDP",
            $"URI:http://localhost:8080/pki/crl/signature/{store.Rsa.For(CertificateKind.Signature, TestData.Now).KeyId[..16]}/13207.crl",
            "Authority Information Access:", "OCSP - URI:http://localhost:8080/pki/ocsp",
            "X509v3 Authority Key Identifier:", "DirName:/C=JP/O=JPKI Orleans TEST/OU=JPKI for digital signature/OU=JPKI Orleans TEST operator", "serial:",
            "X509v3 Subject Key Identifier:");
        Assert.DoesNotContain("Basic Constraints", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Extended Key Usage", text, StringComparison.Ordinal);
    }

    [Fact, Trait("Rule", "S11")]
    public void OpenSSL_reads_the_user_authentication_profile_and_finds_no_personal_data()
    {
        var text = OpenSslText(store.Issue(KeyAlgorithm.Rsa2048Sha256, CertificateKind.UserAuthentication));

        AssertInThisOrder(
            text,
            "OU=JPKI for user authentication",
            "Subject: C=JP,CN=ABCDEFGHJKLMNP132070001",
            "X509v3 Key Usage: critical", "Digital Signature\n",
            "X509v3 Extended Key Usage:", "TLS Web Client Authentication",
            "X509v3 Certificate Policies: critical", "Policy: 2.25.218878828024616747857647509774583079423.2",
            "X509v3 Issuer Alternative Name:",
            "/user-authentication/");
        Assert.DoesNotContain("Subject Alternative Name", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Non Repudiation", text, StringComparison.Ordinal);
        Assert.DoesNotContain("1.2.392.200149", text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(EveryProfile))]
    public void OpenSSL_verifies_the_chain_by_strict_rules_for_its_purpose_only(KeyAlgorithm algorithm, CertificateKind kind)
    {
        using var folder = new TestFolder();
        var certificate = Pem(folder, "holder", store.Issue(algorithm, kind));
        var authority = Pem(folder, "authority", store.With(algorithm).For(kind, TestData.Now).Certificate);

        Assert.Contains(": OK", Verify(kind == CertificateKind.Signature ? "smimesign" : "sslclient"), StringComparison.Ordinal);
        // No serverAuth, so never a server; the signature certificate has no purpose extension and is told apart by its key usage.
        if (kind == CertificateKind.UserAuthentication)
            Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Verify("sslserver"));

        string Verify(string purpose) => Tool.Run("openssl", "verify", "-x509_strict", "-purpose", purpose, "-policy_check", "-check_ss_sig", "-attime",
            TestData.Now.AddDays(1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), "-CAfile", authority, certificate);
    }

    [Theory, MemberData(nameof(EveryProfile))]
    public void GnuTLS_verifies_the_chain_and_reads_the_names(KeyAlgorithm algorithm, CertificateKind kind)
    {
        // Debian 12's certtool verifies as of now and cannot be told another time, so these certificates are made now.
        using var folder = new TestFolder();
        using var current = StoreFixture.Opened(AuthorityStore.Create(
            Path.Combine(folder.Path, "authorities"), TestData.Passphrase, TestData.SettingsWith(algorithm), TimeProvider.System));
        var issued = StoreFixture.Issue(current, TestData.Order(current, kind) with
        {
            NotBefore = current.For(kind, TestData.Now).NotBefore,
            NotAfter = Jst.EndOf(Jst.DayOf(current.For(kind, TestData.Now).NotBefore).AddYears(5)),
        });
        var certificate = Pem(folder, "holder", issued);
        var authority = Pem(folder, "authority", current.For(kind, TestData.Now).Certificate);

        var text = Tool.Run("certtool", "--certificate-info", "--infile", certificate);
        var verdict = Tool.Run("certtool", "--verify", "--load-ca-certificate", authority, "--infile", certificate);

        Assert.Contains("O=JPKI Orleans 試験用認証局,C=JP", text, StringComparison.Ordinal);
        Assert.Equal(kind == CertificateKind.Signature, text.Contains("otherName OID: 1.2.392.200149.8.5.5.6", StringComparison.Ordinal));
        Assert.Contains("Chain verification output: Verified. The certificate is trusted.", verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_PrintableString_for_the_country_and_UTF8String_for_the_rest()
    {
        using var folder = new TestFolder();
        var file = folder.Write("certificate.der", store.Issue(KeyAlgorithm.Rsa2048Sha256, CertificateKind.Signature).Span);

        var structure = Tool.Run("openssl", "asn1parse", "-inform", "DER", "-in", file);

        AssertInThisOrder(
            structure,
            "UTCTIME           :260401003015Z", "UTCTIME           :310108145959Z",
            "countryName", "PRINTABLESTRING   :JP", "localityName", "UTF8STRING        :Tokyo-to", "UTF8STRING        :Akishima-shi",
            "commonName", "UTF8STRING        :20260401090000ABCDE132070001", "rsaEncryption");
    }

    [Theory, MemberData(nameof(EveryProfile))]
    public void The_authoritys_own_certificate_is_one_below_which_no_authority_can_stand(KeyAlgorithm algorithm, CertificateKind kind)
    {
        var text = OpenSslText(store.With(algorithm).For(kind, TestData.Now).Certificate);

        AssertInThisOrder(
            text,
            algorithm == KeyAlgorithm.Rsa2048Sha256 ? "sha256WithRSAEncryption" : "ecdsa-with-SHA384",
            "Not Before: Apr  1 00:30:15 2026 GMT", "Not After : Apr  1 00:30:14 2036 GMT",
            "X509v3 Basic Constraints: critical", "CA:TRUE, pathlen:0",
            "X509v3 Key Usage: critical", "Certificate Sign, CRL Sign");
    }

    private static string OpenSslText(Octets certificate)
    {
        using var folder = new TestFolder();
        var file = folder.Write("certificate.der", certificate.Span);
        return Tool.Run("openssl", "x509", "-inform", "DER", "-in", file, "-noout", "-text", "-nameopt", "utf8,sep_comma_plus");
    }

    private static string Pem(TestFolder folder, string name, Octets certificate) => folder.Write(
        name + ".pem", System.Text.Encoding.ASCII.GetBytes(System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE", certificate.Span)));

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
