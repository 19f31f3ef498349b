using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Tests;

/// <summary>Orders that could not give a sound certificate are rejected, and nothing is signed.</summary>
public sealed class OrderLintTests(StoreFixture store)
{
    private static readonly Dictionary<string, (string Code, Func<CertificateOrder, CertificateOrder> Change)> Unfit = new()
    {
        ["unknown key"] = ("authority-key", order => order with { AuthorityKeyId = new string('0', 40) }),
        ["key of the other authority"] = ("authority-key", order => order with { Kind = CertificateKind.UserAuthentication, Holder = null }),
        ["signature without holder"] = ("holder", order => order with { Holder = null }),
        ["a fraction of a second"] = ("not-before", order => order with { NotBefore = order.NotBefore.AddMilliseconds(1) }),
        ["not the last second of a day"] = ("not-after", order => order with { NotAfter = order.NotAfter.AddSeconds(-1) }),
        ["midnight in Greenwich"] = ("not-after", order => order with { NotAfter = new(2031, 1, 8, 23, 59, 59, TimeSpan.Zero) }),
        ["ends before it begins"] = ("validity", order => order with { NotAfter = Jst.EndOf(new(2026, 3, 31)) }),
        ["older than the authority"] = ("authority-validity", order => order with { NotBefore = order.NotBefore.AddSeconds(-1) }),
        ["outlives the authority"] = ("authority-validity", order => order with { NotAfter = Jst.EndOf(new(2036, 4, 1)) }),
        ["no prefecture"] = ("locality", order => order with { PrefectureRoman = "" }),
        ["Japanese prefecture"] = ("locality", order => order with { PrefectureRoman = "東京都" }),
        ["endless municipality"] = ("locality", order => order with { MunicipalityRoman = new string('a', 129) }),
        ["short common name"] = ("common-name", order => order with { CommonName = "132070001" }),
        ["office of another municipality"] = ("common-name", order => order with { CommonName = "20260401090000ABCDE132180001" }),
        ["common name without a time"] = ("common-name", order => order with { CommonName = "ABCDEFGHJKLMNPABCDE132070001" }),
        ["no key"] = ("subject-public-key", order => order with { SubjectPublicKeyInfo = default }),
        ["a short key"] = ("subject-public-key", order => order with { SubjectPublicKeyInfo = ShortKey() }),
        ["character outside"] = ("holder-name", order => order with { Holder = order.Holder! with { Name = "𠮷〓太郎" } }),
        ["no name"] = ("holder-name", order => order with { Holder = order.Holder! with { Name = "", NameSubstitutes = "" } }),
        ["unpaired surrogate"] = ("holder-address", order => order with { Holder = order.Holder! with { Address = "\uD842", AddressSubstitutes = "0" } }),
        ["short map"] = ("holder-name-substitutes", order => order with { Holder = order.Holder! with { NameSubstitutes = "0010" } }),
        ["map of other digits"] = ("holder-address-substitutes", order => order with { Holder = order.Holder! with { AddressSubstitutes = new string('2', 17) } }),
        ["born before Meiji"] = ("holder-birth-date", order => order with { Holder = order.Holder! with { BirthDate = new(1868, 1, 24) } }),
        ["no such sex"] = ("holder-sex", order => order with { Holder = order.Holder! with { Sex = (Sex)9 } }),
    };

    public static TheoryData<string> UnfitNames => [.. Unfit.Keys];

    [Theory, MemberData(nameof(UnfitNames))]
    public void An_unfit_order_is_rejected_with_its_reason(string name)
    {
        var (code, change) = Unfit[name];

        var result = new CertificateIssuer(store.Rsa, TestData.Settings).Issue(change(TestData.SignatureOrder(store.Rsa)));

        Assert.Contains(code, Assert.IsType<IssueRejected>(result).Findings.Select(each => each.Code));
    }

    [Fact, Trait("Rule", "S11")]
    public void A_user_authentication_certificate_never_carries_a_holder()
    {
        var order = TestData.UserAuthenticationOrder(store.Rsa) with { Holder = TestData.Holder };

        var result = new CertificateIssuer(store.Rsa, TestData.Settings).Issue(order);

        Assert.Equal(["holder"], Assert.IsType<IssueRejected>(result).Findings.Select(each => each.Code));
    }

    [Fact]
    public void The_municipality_in_the_common_name_is_the_one_of_the_list()
    {
        var order = TestData.SignatureOrder(store.Rsa) with { Municipality = MunicipalityCode.Parse("13218") };

        Assert.IsType<IssueRejected>(new CertificateIssuer(store.Rsa, TestData.Settings).Issue(order));
    }

    private static Octets ShortKey()
    {
        using var key = RSA.Create(1024);
        return Octets.From(key.ExportSubjectPublicKeyInfo());
    }
}
