using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Pki.Keys;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Tests;

public sealed class LintTests(StoreFixture store)
{
    private static readonly Dictionary<string, (string Code, Func<CertificateOrder, CertificateOrder> Change)> OrderChanges = new()
    {
        ["serial"] = ("serial-number", order => order with { Serial = SerialNumber.Parse("0102030405060708090a0b0c0d0e0f11") }),
        ["kind"] = ("key-usage", order => order with { Kind = CertificateKind.UserAuthentication }),
        ["key"] = ("subject-public-key", order => order with { SubjectPublicKeyInfo = Flipped(order.SubjectPublicKeyInfo, 100) }),
        ["common name"] = ("subject", order => order with { CommonName = "20260401090000ABCDF132070001" }),
        ["prefecture"] = ("subject", order => order with { PrefectureRoman = "Kyoto-fu" }),
        ["prefecture, in the point"] = ("crl-distribution-points", order => order with { PrefectureRoman = "Kyoto-fu" }),
        ["municipality's name"] = ("crl-distribution-points", order => order with { MunicipalityRoman = "Fussa-shi" }),
        ["municipality"] = ("crl-distribution-points", order => order with { Municipality = MunicipalityCode.Parse("13218") }),
        ["not before"] = ("validity", order => order with { NotBefore = order.NotBefore.AddSeconds(1) }),
        ["not after"] = ("validity", order => order with { NotAfter = order.NotAfter.AddDays(-1) }),
        ["authority's key"] = ("authority-key", order => order with { AuthorityKeyId = new string('0', 40) }),
        ["no holder"] = ("issuer-alt-name", order => order with { Holder = null }),
        ["name"] = ("subject-alt-name", order => order with { Holder = order.Holder! with { Name = "公的〓次郎" } }),
        ["name's map"] = ("subject-alt-name", order => order with { Holder = order.Holder! with { NameSubstitutes = "00000" } }),
        ["address"] = ("subject-alt-name", order => order with { Holder = order.Holder! with { Address = "東京都昭島市田中町一丁目１７番２号" } }),
        ["address's map"] = ("subject-alt-name", order => order with { Holder = order.Holder! with { AddressSubstitutes = "00000000000000001" } }),
        ["date of birth"] = ("subject-alt-name", order => order with { Holder = order.Holder! with { BirthDate = new(1989, 1, 7) } }),
        ["sex"] = ("subject-alt-name", order => order with { Holder = order.Holder! with { Sex = Sex.Male } }),
    };

    private static readonly Dictionary<string, (string Code, Func<AuthoritySettings, AuthoritySettings> Change)> SettingsChanges = new()
    {
        ["policy"] = ("certificate-policies", settings => settings with { Signature = new("2.25.1.2") }),
        ["practice statement"] = ("certificate-policies", settings => settings with { PracticeStatement = new("http://localhost/other") }),
        ["Japanese name"] = ("issuer-alt-name", settings => settings with { JapaneseOrganisation = "別の認証局" }),
        ["lists"] = ("crl-distribution-points", settings => settings with { RevocationLists = new("http://localhost/other/") }),
        ["responder"] = ("authority-info-access", settings => settings with { Ocsp = new("http://localhost/other") }),
    };

    public static TheoryData<string> OrderChangeNames => [.. OrderChanges.Keys];

    public static TheoryData<string> SettingsChangeNames => [.. SettingsChanges.Keys];

    public static TheoryData<KeyAlgorithm, CertificateKind> EveryProfile => StoreFixture.EveryProfile;

    [Theory, MemberData(nameof(EveryProfile))]
    public void What_was_ordered_passes(KeyAlgorithm algorithm, CertificateKind kind) => Assert.Empty(new ProfileLint(TestData.Settings).Check(
        store.Issue(algorithm, kind), TestData.Order(store.With(algorithm), kind), store.With(algorithm).For(kind, TestData.Now).Certificate));

    [Theory, MemberData(nameof(OrderChangeNames))]
    public void A_certificate_that_differs_from_its_order_in_one_thing_is_caught(string change)
    {
        var (code, changed) = OrderChanges[change];

        Assert.Contains(code, Codes(Signature, TestData.Settings, changed(TestData.SignatureOrder(store.Rsa))));
    }

    [Theory, MemberData(nameof(SettingsChangeNames))]
    public void A_certificate_that_differs_from_the_settings_in_one_thing_is_caught(string change)
    {
        var (code, changed) = SettingsChanges[change];

        Assert.Equal([code], Codes(Signature, changed(TestData.Settings), TestData.SignatureOrder(store.Rsa)));
    }

    [Fact]
    public void Another_generation_of_the_same_name_is_caught_by_its_key()
    {
        // Same name, other key: only identifiers and the signature tell them apart.
        var findings = new ProfileLint(TestData.Settings)
            .Check(Signature, TestData.SignatureOrder(store.Rsa), store.Ecdsa.For(CertificateKind.Signature, TestData.Now).Certificate).Select(each => each.Code);

        Assert.Superset(new HashSet<string> { "authority-key", "authority-key-identifier", "signature", "signature-algorithm" }, findings.ToHashSet());
    }

    [Theory, MemberData(nameof(EveryProfile))]
    public void No_single_octet_of_a_certificate_can_change_unseen(KeyAlgorithm algorithm, CertificateKind kind)
    {
        var lint = new ProfileLint(TestData.Settings);
        var certificate = store.Issue(algorithm, kind);
        var order = TestData.Order(store.With(algorithm), kind);
        var authority = store.With(algorithm).For(kind, TestData.Now).Certificate;

        // Every seventh octet, and all of the last hundred: the signature is the part that no comparison covers.
        var positions = Enumerable.Range(0, certificate.Length).Where(each => each % 7 == 0 || each > certificate.Length - 100);

        Assert.All(positions, position => Assert.NotEmpty(lint.Check(Flipped(certificate, position), order, authority)));
    }

    [Fact]
    public void Octets_after_the_certificate_are_caught() =>
        Assert.Equal(["encoding"], Codes(Octets.From([.. Signature.Span, 0]), TestData.Settings, TestData.SignatureOrder(store.Rsa)));

    [Fact]
    public void Findings_never_quote_personal_data()
    {
        var other = TestData.SignatureOrder(store.Rsa) with { Holder = TestData.Holder with { Name = "秘密花子", Address = "秘密の住所" } };

        var findings = new ProfileLint(TestData.Settings).Check(Signature, other, store.Rsa.For(CertificateKind.Signature, TestData.Now).Certificate);

        Assert.NotEmpty(findings);
        Assert.All(findings, each => Assert.DoesNotContain("秘密", each.ToString(), StringComparison.Ordinal));
    }

    private Octets Signature => store.Issue(KeyAlgorithm.Rsa2048Sha256, CertificateKind.Signature);

    private IEnumerable<string> Codes(Octets certificate, AuthoritySettings settings, CertificateOrder order) =>
        new ProfileLint(settings).Check(certificate, order, store.Rsa.For(CertificateKind.Signature, TestData.Now).Certificate).Select(each => each.Code);

    private static Octets Flipped(Octets octets, int position)
    {
        var flipped = octets.ToArray();
        flipped[position] ^= 0x01;
        return Octets.From(flipped);
    }
}
