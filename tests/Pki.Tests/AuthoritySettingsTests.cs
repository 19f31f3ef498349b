using Jpki.Pki.Keys;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Tests;

public sealed class AuthoritySettingsTests(StoreFixture store)
{
    [Fact]
    public void The_settings_as_shipped_are_fit_and_say_TEST()
    {
        Assert.Empty(TestData.Settings.Problems());
        Assert.EndsWith("TEST", TestData.Settings.Organisation, StringComparison.Ordinal);
        Assert.StartsWith("2.25.", TestData.Settings.Signature.PolicyOid, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("JPKI")]
    [InlineData(" jpki ")]
    [InlineData("Ｊ.Ｐ.Ｋ.Ｉ．")]
    [InlineData("J-LIS")]
    [InlineData("Japan Agency for Local Authority Information Systems")]
    [InlineData("JAPAN AGENCY FOR LOCAL AUTHORITY INFORMATION SYSTEMS (J-LIS)")]
    [InlineData("地方公共団体情報システム機構")]
    [InlineData("地方公共団体 情報システム機構 東京")]
    [InlineData("公的個人認証サービス")]
    public void A_name_of_the_national_authority_is_refused_before_anything_is_made(string name)
    {
        using var folder = new TestFolder();
        AuthoritySettings[] disguises =
        [
            TestData.Settings with { Organisation = name }, TestData.Settings with { Operator = name },
            TestData.Settings with { JapaneseOrganisation = name }, TestData.Settings with { JapaneseOperator = name },
        ];

        Assert.All(disguises, settings =>
        {
            var refused = Assert.IsType<StoreRefused>(AuthorityStore.Create(folder.Path, TestData.Passphrase, settings, TestData.Clock));
            Assert.Equal(StoreFailure.SettingsRefused, refused.Failure);
            Assert.Throws<ArgumentException>(() => new CertificateIssuer(store.Rsa, settings));
        });
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("JPKI Orleans TEST")]
    [InlineData("Akishima JPKI training")]
    [InlineData("昭島市 試験用認証局")]
    public void A_name_of_ones_own_is_taken(string name) => Assert.Empty((TestData.Settings with { Organisation = name }).Problems());

    [Theory]
    [InlineData(6, false)]
    [InlineData(7, true)]
    [InlineData(30, true)]
    public void An_authority_is_valid_for_longer_than_the_longest_certificate_below_it(int years, bool taken) =>
        Assert.Equal(taken, (TestData.Settings with { ValidityYears = years }).Problems().Count == 0);

    [Fact]
    public void Each_other_mistake_in_the_settings_is_named()
    {
        var settings = new AuthoritySettings
        {
            Organisation = new string('x', 65),
            PracticeStatement = new("ftp://localhost/"),
            RevocationLists = new("http://localhost/crl"),
            Ocsp = new("/ocsp", UriKind.Relative),
            Signature = new("1.2.392.200149.8.5.1.1.10"),
            UserAuthentication = new("not an oid", (KeyAlgorithm)7),
            ValidityYears = 31,
        };

        string[] named =
        [
            "Organisation", "PracticeStatement", "Ocsp", "RevocationLists",
            "Signature.PolicyOid", "UserAuthentication.PolicyOid", "UserAuthentication.KeyAlgorithm", "ValidityYears",
        ];
        Assert.Equal(named, settings.Problems().Select(each => each.Split(' ')[0]));
    }
}
