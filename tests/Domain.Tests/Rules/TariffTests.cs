using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Rules;

[Trait("Rule", "S17")]
public sealed class TariffTests
{
    private static readonly MunicipalityCode Akishima = MunicipalityCode.Parse("13207");
    private static readonly MunicipalityCode Elsewhere = MunicipalityCode.Parse("13208");

    /// <summary>Tables as they may become, in no order.</summary>
    private static readonly TariffRow[] Changed =
    [
        new(new DateOnly(2030, 4, 1), 300, "all-300"),
        new(new DateOnly(2028, 4, 1), 150, "akishima-150", Akishima),
        new(new DateOnly(2016, 1, 1), 200, "all-200"),
    ];

    [Theory]
    [InlineData("2016-01-01", 200, "issuance-200")]
    [InlineData("2018-09-28", 200, "issuance-200")]
    public void The_fee_is_that_of_the_day_of_application(string day, int yen, string name)
    {
        var row = Tariff.On(Day(day), Akishima);

        Assert.Equal((yen, name), (row.Yen, row.Name));
    }

    [Theory]
    [InlineData("2028-03-31", "all-200", "all-200")]
    [InlineData("2028-04-01", "akishima-150", "all-200")]
    [InlineData("2030-03-31", "akishima-150", "all-200")]
    [InlineData("2030-04-01", "akishima-150", "all-300")]
    public void A_municipalitys_own_fee_outranks_the_fee_for_all_from_its_day(string day, string inAkishima, string elsewhere)
    {
        Assert.Equal(inAkishima, Tariff.On(Changed, Day(day), Akishima).Name);
        Assert.Equal(elsewhere, Tariff.On(Changed, Day(day), Elsewhere).Name);
    }

    [Fact]
    public void Before_the_tariff_begins_there_is_no_fee_to_ask_for() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tariff.On(new DateOnly(2015, 12, 31), Akishima));

    [Fact]
    public void Every_row_has_a_name_of_its_own_and_a_fee()
    {
        Assert.Equal(Tariff.Rows.Count, Tariff.Rows.Select(row => row.Name).Distinct().Count());
        Assert.All(Tariff.Rows, row => Assert.True(row.Yen > 0));
    }
}
