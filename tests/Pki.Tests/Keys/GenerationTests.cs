using Jpki.Domain;
using Jpki.Domain.Rules;
using Jpki.Pki.Keys;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Tests.Keys;

/// <summary>The life of a generation: announced, issuing, publishing lists only, retired.</summary>
public sealed class GenerationTests : IDisposable
{
    private static readonly DateTimeOffset Begin = TestData.Now.AddDays(30);

    private readonly TestFolder folder = new();

    public GenerationTests() =>
        StoreFixture.Opened(AuthorityStore.Create(Store, TestData.Passphrase, TestData.Settings, TestData.Clock)).Dispose();

    private string Store => Path.Combine(folder.Path, "authorities");

    [Fact]
    public void A_new_generation_signs_orders_from_its_beginning_on_and_not_before()
    {
        using var authorities = StoreFixture.Opened(Roll(Begin));

        Authority[] generations = [.. authorities.All.Where(each => each.Kind == CertificateKind.Signature)];
        Assert.Equal(generations[0], authorities.For(CertificateKind.Signature, Begin.AddTicks(-1)));
        Assert.Equal(generations[1], authorities.For(CertificateKind.Signature, Begin));
        Assert.Equal(Begin, generations[1].IssuesFrom);
        Assert.Equal(TestData.Now, generations[1].NotBefore);
        Assert.Equal(authorities.All[1], authorities.For(CertificateKind.UserAuthentication, Begin.AddYears(1)));
    }

    [Fact]
    public void A_beginning_in_the_past_or_before_one_that_is_planned_is_refused()
    {
        Refused(StoreFailure.BeginsTooEarly, Roll(TestData.Now.AddSeconds(-1)));
        StoreFixture.Opened(Roll(Begin)).Dispose();

        Refused(StoreFailure.BeginsTooEarly, Roll(Begin.AddSeconds(-1)));
        Refused(StoreFailure.BeginsTooEarly, Roll(null));
        Assert.Equal(2, GenerationFolder.Existing(Store).Count);
    }

    [Fact]
    public void The_overview_tells_what_each_generation_does_without_a_passphrase()
    {
        StoreFixture.Opened(Roll(Begin)).Dispose();

        Assert.Equal([GenerationState.Issues, GenerationState.Issues, GenerationState.WillIssue], States(TestData.Now));
        Assert.Equal([GenerationState.ListsOnly, GenerationState.Issues, GenerationState.Issues], States(Begin));
        var row = Rows(TestData.Now)[0];
        Assert.Equal("file", row.Place);
        Assert.Equal(["0001/signature.certificate.pem", "0001/signature.key.pem"], row.Files.Select(each => each.Name));
        Assert.StartsWith(row.Files[0].Sha256, Tool.Run("sha256sum", Path.Combine(Store, row.Files[0].Name)), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "S13")]
    public void Until_its_last_full_length_day_a_generation_issues_the_longest_certificate_there_can_be_and_then_none_is_cut_short()
    {
        using var authorities = StoreFixture.Opened(AuthorityStore.Open(Store, TestData.Passphrase, TestData.Settings));
        var issuer = new CertificateIssuer(authorities, TestData.Settings);
        var last = Rows(TestData.Now)[1].FullLengthUntil;
        Assert.Equal(new DateOnly(2030, 3, 30), last);

        Assert.IsType<Issued>(issuer.Issue(Longest(last)));
        var refused = Assert.IsType<IssueRejected>(issuer.Issue(Longest(last.AddDays(3))));
        Assert.Contains(refused.Findings, each => each.Code == "authority-validity");

        CertificateOrder Longest(DateOnly day) => TestData.UserAuthenticationOrder(authorities) with
        {
            NotBefore = Jst.EndOf(day),
            // Applied for on a birthday, which does not count, with the old certificate near its end: the sixth is six whole years off.
            NotAfter = Jst.EndOf(Validity.LastDay(
                RuleSet.Named("national-2026"), CertificateKind.UserAuthentication, day.AddYears(-30), day, day.AddYears(10), null, day.AddMonths(1))),
        };
    }

    [Fact]
    public void A_year_before_that_day_the_overview_says_it_is_time_to_roll()
    {
        Assert.False(Rows(TestData.Now)[0].IsTimeToRoll(TestData.Now.AddYears(2)));
        Assert.True(Rows(TestData.Now)[0].IsTimeToRoll(TestData.Now.AddYears(3)));
    }

    [Fact]
    public void A_generation_is_retired_when_its_own_certificate_has_ended_and_its_certificate_stays()
    {
        StoreFixture.Opened(Roll(Begin)).Dispose();
        var old = Rows(Begin)[0];
        var late = old.NotAfter.AddSeconds(1);

        Assert.IsType<StoreListed>(Retire(old.KeyId, late));

        using var authorities = StoreFixture.Opened(AuthorityStore.Open(Store, TestData.Passphrase, TestData.Settings));
        var retired = authorities.ByKeyId(old.KeyId)!;
        Assert.False(retired.CanSign);
        Assert.Equal(old.Certificate, retired.Certificate);
        Assert.Throws<InvalidOperationException>(() => retired.Key);
        Assert.False(File.Exists(Path.Combine(Store, "0001", "signature.key.pem")));
        Assert.True(File.Exists(Path.Combine(Store, "0001", "user-authentication.key.pem")));
        Assert.Equal(GenerationState.Retired, Rows(late)[0].State);
        var rejected = Assert.IsType<IssueRejected>(new CertificateIssuer(authorities, TestData.Settings)
            .Issue(TestData.SignatureOrder(authorities) with { AuthorityKeyId = old.KeyId }));
        Assert.Equal("authority-retired", Assert.Single(rejected.Findings).Code);
    }

    [Fact]
    public void A_key_that_is_needed_is_not_destroyed()
    {
        StoreFixture.Opened(Roll(Begin)).Dispose();
        var (old, current) = (Rows(Begin)[0], Rows(Begin)[2]);
        var today = Jst.DayOf(Begin);

        Refused(StoreFailure.StillNeeded, Retire(current.KeyId, Begin.AddYears(20)));
        Refused(StoreFailure.StillNeeded, Retire(current.KeyId, TestData.Now));
        Refused(StoreFailure.StillNeeded, Retire(old.KeyId, Begin));
        Refused(StoreFailure.StillNeeded, Retire(old.KeyId, old.NotAfter));
        Refused(StoreFailure.StillNeeded, Retire(old.KeyId, Begin, today));
        Refused(StoreFailure.StillNeeded, Retire(old.KeyId, Begin, Jst.DayOf(TestData.Now).AddDays(-1)));
        Refused(StoreFailure.NoSuchKey, Retire(new string('0', 40), Begin));
        Refused(StoreFailure.WrongPassphrase, AuthorityRetirement.Retire(
            Store, TestData.Passphrase + "r", TestData.Settings, StoreFixture.At(Begin), old.KeyId, today.AddDays(-1)));
        StoreFixture.Opened(AuthorityStore.Open(Store, TestData.Passphrase, TestData.Settings)).Dispose();
        Assert.DoesNotContain(GenerationState.Retired, States(Begin));

        Assert.IsType<StoreListed>(Retire(old.KeyId, Begin, today.AddDays(-1)));
    }

    [Fact]
    public void A_retirement_cut_off_before_the_key_was_destroyed_counts_and_is_completed_by_the_same_call()
    {
        StoreFixture.Opened(Roll(Begin)).Dispose();
        var old = Rows(Begin)[0];
        GenerationFolder.Add(Path.Combine(Store, "0001", "signature.retired.json"), "{}");

        using (var authorities = StoreFixture.Opened(AuthorityStore.Open(Store, TestData.Passphrase, TestData.Settings)))
            Assert.False(authorities.ByKeyId(old.KeyId)!.CanSign);

        Assert.IsType<StoreListed>(Retire(old.KeyId, Begin));
        Assert.False(File.Exists(Path.Combine(Store, "0001", "signature.key.pem")));
    }

    public void Dispose() => folder.Dispose();

    private static void Refused(StoreFailure failure, StoreResult result) => Assert.Equal(failure, Assert.IsType<StoreRefused>(result).Failure);

    private StoreResult Roll(DateTimeOffset? from) =>
        AuthorityStore.AddGeneration(Store, TestData.Passphrase, TestData.Settings, TestData.Clock, [CertificateKind.Signature], from);

    private StoreResult Retire(string keyId, DateTimeOffset at, DateOnly? lastCertificateExpiredOn = null) =>
        AuthorityRetirement.Retire(Store, TestData.Passphrase, TestData.Settings, StoreFixture.At(at), keyId, lastCertificateExpiredOn);

    private IReadOnlyList<GenerationRow> Rows(DateTimeOffset at) =>
        Assert.IsType<StoreListed>(AuthorityOverview.Of(Store, TestData.Settings, at)).Generations;

    private IEnumerable<GenerationState> States(DateTimeOffset at) => Rows(at).Select(each => each.State);
}
