using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Domain;
using Jpki.Domain.Rules;
using Jpki.Pki.Keys;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Tests;

/// <summary>The profiles as .NET reads them, and what depends on the order.</summary>
public sealed class ProfileTests(StoreFixture store)
{
    public static TheoryData<KeyAlgorithm, CertificateKind> EveryProfile => StoreFixture.EveryProfile;

    [Theory, MemberData(nameof(EveryProfile))]
    public void DotNet_builds_the_chain_and_reads_the_order_back(KeyAlgorithm algorithm, CertificateKind kind)
    {
        var order = TestData.Order(store.With(algorithm), kind);
        using var certificate = X509CertificateLoader.LoadCertificate(store.Issue(algorithm, kind).Span);
        using var authority = X509CertificateLoader.LoadCertificate(store.With(algorithm).For(kind, TestData.Now).Certificate.Span);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = TestData.Now.AddDays(1).LocalDateTime;

        Assert.True(chain.Build(certificate), string.Join(", ", chain.ChainStatus.Select(each => each.StatusInformation)));
        Assert.Equal(order.Serial.Value, certificate.SerialNumber, ignoreCase: true);
        Assert.Equal(order.NotBefore.UtcDateTime, certificate.NotBefore.ToUniversalTime());
        Assert.Equal(order.NotAfter.UtcDateTime, certificate.NotAfter.ToUniversalTime());
        Assert.Equal(order.SubjectPublicKeyInfo.ToArray(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.Equal(
            kind == CertificateKind.Signature
                ? "2.5.29.15! 2.5.29.32! 2.5.29.17 2.5.29.18 2.5.29.31 1.3.6.1.5.5.7.1.1 2.5.29.35 2.5.29.14"
                : "2.5.29.15! 2.5.29.37 2.5.29.32! 2.5.29.18 2.5.29.31 1.3.6.1.5.5.7.1.1 2.5.29.35 2.5.29.14",
            string.Join(' ', certificate.Extensions.Select(each => each.Oid!.Value + (each.Critical ? "!" : ""))));
    }

    [Theory, MemberData(nameof(EveryProfile))]
    public void The_subject_key_identifier_is_the_SHA1_of_the_key_bits(KeyAlgorithm algorithm, CertificateKind kind)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(store.Issue(algorithm, kind).Span);
        using var key = TestData.HolderKey();

        var identifier = certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single();

#pragma warning disable CA5350 // RFC 5280 4.2.1.2 method 1
        Assert.Equal(SHA1.HashData(key.ExportRSAPublicKey()), identifier.SubjectKeyIdentifierBytes.ToArray());
#pragma warning restore CA5350
    }

    [Theory, MemberData(nameof(EveryProfile))]
    public void The_same_order_gives_the_same_octets(KeyAlgorithm algorithm, CertificateKind kind) =>
        Assert.Equal(store.Issue(algorithm, kind), store.Issue(algorithm, kind));

    [Fact]
    public async Task Orders_issued_at_the_same_time_do_not_disturb_each_other()
    {
        var alone = store.Issue(KeyAlgorithm.Rsa2048Sha256, CertificateKind.Signature);

        var together = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(
            () => store.Issue(KeyAlgorithm.Rsa2048Sha256, CertificateKind.Signature), TestContext.Current.CancellationToken)));

        Assert.All(together, each => Assert.Equal(alone, each));
    }

    [Fact]
    public void Times_are_UTCTime_until_2049_and_GeneralizedTime_from_2050()
    {
        var settings = TestData.Settings with { ValidityYears = 30 };
        using var folder = new TestFolder();
        using var authorities = StoreFixture.Opened(AuthorityStore.Create(folder.Path, TestData.Passphrase, settings, TestData.Clock));
        var order = TestData.SignatureOrder(authorities);

        Assert.Contains("UTCTIME           :491231145959Z", Structure(order with { NotAfter = Jst.EndOf(new(2049, 12, 31)) }), StringComparison.Ordinal);
        Assert.Contains("GENERALIZEDTIME   :20500101145959Z", Structure(order with { NotAfter = Jst.EndOf(new(2050, 1, 1)) }), StringComparison.Ordinal);

        string Structure(CertificateOrder each) => Tool.Run(
            "openssl", "asn1parse", "-inform", "DER", "-in", folder.Write("certificate.der", StoreFixture.Issue(authorities, each).Span));
    }

    [Theory]
    [InlineData("1868-01-25", "118680125")]
    [InlineData("1912-07-29", "119120729")]
    [InlineData("1912-07-30", "219120730")]
    [InlineData("1926-12-24", "219261224")]
    [InlineData("1926-12-25", "319261225")]
    [InlineData("1989-01-07", "319890107")]
    [InlineData("1989-01-08", "419890108")]
    [InlineData("2019-04-30", "420190430")]
    [InlineData("2019-05-01", "520190501")]
    [InlineData("2026-04-01", "520260401")]
    public void The_date_of_birth_carries_the_digit_of_its_era(string birthDate, string written) =>
        Assert.Equal(written, JapaneseEra.Write(DateOnly.Parse(birthDate, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void A_day_before_Meiji_has_no_era_digit() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JapaneseEra.Write(new(1868, 1, 24)));
}
