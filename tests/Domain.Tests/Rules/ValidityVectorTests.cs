using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Rules;

[Trait("Rule", "S10")]
[Trait("Rule", "S13")]
public sealed class ValidityVectorTests
{
    private const int Columns = 10;

    public static TheoryData<string> Ids { get; } = new(Rows("validity-vectors.csv").Skip(1).Select(row => row[0]));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_certificate_ends_on_the_day_of_the_vector(string id)
    {
        var row = Assert.Single(Rows("validity-vectors.csv"), row => row[0] == id);
        Assert.Equal(Columns, row.Length);

        var lastDay = Validity.LastDay(
            RuleSet.Named(row[1]),
            Enum.Parse<CertificateKind>(row[2]),
            birthDate: Day(row[3]),
            applicationDay: Day(row[4]),
            cardExpiry: Day(row[5]),
            authenticationExpiry: DayOrNull(row[6]),
            oldCertificateExpiry: DayOrNull(row[7]));

        Assert.Equal(Day(row[8]), lastDay);
    }

    [Fact]
    public void An_application_after_midnight_in_Japan_is_of_the_new_day_though_it_is_yesterday_in_UTC()
    {
        var before = Applied(Instant("2018-07-10T14:59:59Z"));
        var after = Applied(Instant("2018-07-10T15:00:00Z"));

        Assert.Equal(new DateOnly(2022, 10, 10), before);
        Assert.Equal(new DateOnly(2023, 10, 10), after);

        static DateOnly Applied(DateTimeOffset at) => Validity.LastDay(
            RuleSet.Akishima2018, CertificateKind.UserAuthentication, new(1980, 10, 10), Jst.DayOf(at), new(2028, 10, 10), null, null);
    }

    [Fact]
    public void Validity_ends_with_the_last_second_of_the_day_in_Japan() =>
        Assert.Equal(Instant("2027-09-23T14:59:59Z"), Jst.EndOf(new DateOnly(2027, 9, 23)));
}
