using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;

namespace Jpki.TownHall.Cities;

/// <summary>昭島市, as the silo's shipped configuration has it.</summary>
internal static class Municipalities
{
    public static readonly Municipality Akishima = new(
        MunicipalityCode.Parse("13207"), "東京都", "昭島市", "Tokyo-to", "Akishima-shi",
        [new(OfficeCode.Parse("132070001"), "市役所本庁", "City Hall"), new(OfficeCode.Parse("132070002"), "東部出張所", "Eastern Branch")],
        [new(new DateOnly(2016, 1, 1), RuleSet.Akishima2018)]);
}
