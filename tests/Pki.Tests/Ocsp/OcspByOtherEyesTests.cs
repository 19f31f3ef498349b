using System.Globalization;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Keys;
using Jpki.Pki.Ocsp;

namespace Jpki.Pki.Tests.Ocsp;

/// <summary>Requests by OpenSSL and GnuTLS, answers judged by them.</summary>
public sealed class OcspByOtherEyesTests(OcspBench bench) : IDisposable
{
    private static readonly DateTimeOffset EndedAt = new(2026, 5, 30, 1, 2, 3, TimeSpan.Zero);

    private readonly TestFolder folder = new();
    private readonly MemoryRegister register = new();
    private OcspResponder? responder;

    public static TheoryData<KeyAlgorithm> Algorithms => OcspBench.Algorithms;

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Algorithms))]
    public async Task OpenSSL_reads_and_verifies_every_status_by_SHA1_and_SHA256(KeyAlgorithm algorithm)
    {
        var authority = bench.Signature(algorithm)[^1];
        register.With(authority, 1, RevocationStatus.Good.Instance)
            .With(authority, 2, new RevocationStatus.Revoked(RevocationReason.AffiliationChanged, EndedAt))
            .With(authority, 3, new RevocationStatus.OnHold(EndedAt));

        foreach (var hash in new[] { "-sha1", "-sha256" })
        {
            Assert.Contains("1.pem: good", await AskAsync(algorithm, authority, [hash, "-no_nonce"], 1), StringComparison.Ordinal);
            var revoked = await AskAsync(algorithm, authority, [hash, "-no_nonce"], 2);
            AssertAll(revoked, "2.pem: revoked", "Reason: affiliationChanged", "Revocation Time: May 30 01:02:03 2026 GMT");
            AssertAll(await AskAsync(algorithm, authority, [hash, "-no_nonce"], 3), "3.pem: revoked", "Reason: certificateHold");
            Assert.Contains("4.pem: unknown", await AskAsync(algorithm, authority, [hash, "-no_nonce"], 4), StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task OpenSSL_finds_its_nonce_again_and_several_certificates_in_one_answer(KeyAlgorithm algorithm)
    {
        var authority = bench.Signature(algorithm)[^1];
        register.With(authority, 1, RevocationStatus.Good.Instance).With(authority, 2, new RevocationStatus.OnHold(EndedAt));

        var text = await AskAsync(algorithm, authority, ["-nonce"], 1, 2, 3);

        AssertAll(text, "1.pem: good", "2.pem: revoked", "3.pem: unknown");
        Assert.DoesNotContain("no nonce", text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task OpenSSL_verifies_both_generations_of_one_name_each_by_its_own_key(KeyAlgorithm algorithm)
    {
        var generations = bench.Signature(algorithm);
        register.With(generations[0], 1, RevocationStatus.Good.Instance).With(generations[1], 2, RevocationStatus.Good.Instance);

        Assert.Contains("1.pem: good", await AskAsync(algorithm, generations[0], [], 1), StringComparison.Ordinal);
        Assert.Contains("2.pem: good", await AskAsync(algorithm, generations[1], [], 2), StringComparison.Ordinal);
        // The newer generation's answer, judged by one who trusts the older only.
        var older = Pem("older", generations[0].Certificate);
        Assert.Contains("Response Verify Failure", Tool.RunForAll(
            "sh", "-c", $"openssl ocsp -no_nonce -respin '{folder.Path}/response.der' -CAfile '{older}' || true"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task GnuTLS_asks_reads_and_verifies(KeyAlgorithm algorithm)
    {
        var authority = bench.Signature(algorithm)[^1];
        register.With(authority, 1, new RevocationStatus.Revoked(RevocationReason.KeyCompromise, EndedAt));
        var issuer = Pem("issuer", authority.Certificate);
        var subject = Pem("1", bench.Issue(algorithm, authority, 1));
        var request = Path.Combine(folder.Path, "request.der");
        Tool.Run("ocsptool", "--generate-request", "--load-issuer", issuer, "--load-cert", subject, "--outfile", request);

        var response = folder.Write("response.der", (await AnswerAsync(algorithm, request)).Encoded.Span);

        AssertAll(
            Tool.Run("ocsptool", "--response-info", "--infile", response),
            "Response Status: Successful", "Responder Key ID:", "Certificate Status: revoked",
            algorithm == KeyAlgorithm.Rsa2048Sha256 ? "RSA-SHA256" : "ECDSA-SHA384");
        Assert.Contains("Success", Tool.RunForAll("ocsptool", "--verify-response", "--load-trust", issuer, "--infile", response), StringComparison.Ordinal);
        // Debian 12's ocsptool does not put a nonce into what it asks; OpenSSL asks, GnuTLS reads.
        Tool.Run("openssl", "ocsp", "-nonce", "-issuer", issuer, "-cert", subject, "-reqout", request);
        var withNonce = folder.Write("response.der", (await AnswerAsync(algorithm, request)).Encoded.Span);
        Assert.Contains("Nonce: ", Tool.Run("ocsptool", "--response-info", "--infile", withNonce), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public async Task OpenSSL_reads_the_responders_certificate_as_its_profile_is_written_down(KeyAlgorithm algorithm)
    {
        var journal = new MemoryJournal();
        var authority = bench.Signature(algorithm)[^1];
        await new OcspResponder(bench.With(algorithm), TestData.SettingsWith(algorithm), register, journal, TimeProvider.System)
            .PrepareAsync(TestContext.Current.CancellationToken);
        var certificate = journal.Issued.Single(each => each.AuthorityKeyId == authority.KeyId);

        var file = Pem("responder", certificate.Encoded);
        AssertAll(
            Tool.Run("openssl", "x509", "-in", file, "-noout", "-text", "-nameopt", "utf8,sep_comma_plus"),
            $"Subject: C=JP,O=JPKI Orleans TEST,OU=JPKI for digital signature,CN=OCSP responder {authority.KeyId[..16]}",
            "X509v3 Key Usage: critical\n                Digital Signature\n",
            "X509v3 Extended Key Usage: \n                OCSP Signing\n",
            "OCSP No Check:", "X509v3 Authority Key Identifier:", "X509v3 Subject Key Identifier:");
        Assert.Contains(": OK", Tool.Run(
            "openssl", "verify", "-x509_strict", "-purpose", "ocsphelper", "-CAfile", Pem("authority", authority.Certificate), file), StringComparison.Ordinal);
    }

    /// <returns>What OpenSSL says of the answer, which it has verified.</returns>
    private async Task<string> AskAsync(KeyAlgorithm algorithm, Authority authority, string[] options, params int[] numbers)
    {
        var issuer = Pem("issuer", authority.Certificate);
        string[] subjects = [.. numbers.Select(number => Pem(number.ToString(CultureInfo.InvariantCulture), bench.Issue(algorithm, authority, number)))];
        string[] about = [.. options, "-issuer", issuer, .. subjects.SelectMany(each => new[] { "-cert", each })];
        var request = Path.Combine(folder.Path, "request.der");
        Tool.Run("openssl", ["ocsp", .. about, "-reqout", request]);

        var response = folder.Write("response.der", (await AnswerAsync(algorithm, request)).Encoded.Span);
        // -no_nonce: or OpenSSL puts another nonce into the request that it is to compare.
        var text = Tool.RunForAll("openssl", ["ocsp", .. about, "-no_nonce", "-reqin", request, "-respin", response, "-CAfile", issuer]);
        Assert.Contains("Response verify OK", text, StringComparison.Ordinal);
        return text;
    }

    private async Task<OcspAnswer> AnswerAsync(KeyAlgorithm algorithm, string requestFile)
    {
        responder ??= new OcspResponder(bench.With(algorithm), TestData.SettingsWith(algorithm), register, new MemoryJournal(), TimeProvider.System);
        return await responder.AnswerAsync(await File.ReadAllBytesAsync(requestFile), TestContext.Current.CancellationToken);
    }

    private string Pem(string name, Octets certificate) => folder.Write(
        name + ".pem", System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString("CERTIFICATE", certificate.Span)));

    private static void AssertAll(string text, params string[] parts) =>
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
}
