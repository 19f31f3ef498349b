using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Tests.Identifiers;

/// <summary>Ids that follow from what they are about, and the registry's numbers.</summary>
public sealed class IdentifierTests
{
    [Theory]
    [InlineData("530e9c06-38ea-808d-83ca-7a1a05bcec6f", "confirm-certificate", "0a1b")]
    [InlineData("c43e5db8-6f55-8a6f-ae0f-cf421b6fc523", "registry-change", "13207", "13207-2026-000123")]
    public void A_derived_id_is_the_same_for_ever(string id, params string[] parts) =>
        Assert.Equal(id, CommandId.Derived(parts).ToString());

    [Fact]
    public void A_derived_id_says_that_it_is_one()
    {
        var id = CommandId.Derived("anything").Value;

        Assert.Equal(8, id.Version);
        Assert.InRange(id.Variant, 8, 11);
    }

    [Fact]
    public void Parts_are_not_run_together() => Assert.NotEqual(CommandId.Derived("a", "bc"), CommandId.Derived("ab", "c"));

    [Fact]
    public void A_change_number_names_its_municipality() =>
        Assert.Equal(MunicipalityCode.Parse("13207"), ChangeNumber.Parse("13207-2026-000123").Municipality);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("13207-2026-00012")]
    [InlineData("13207-2026-0001234")]
    [InlineData("13207-26-00000123")]
    [InlineData("13207-2026-000123-1")]
    [InlineData("13207-2026-00012３")]
    [InlineData("13207-2026-00012a")]
    [InlineData(" 13207-2026-000123")]
    public void What_is_no_change_number_is_not_read_as_one(string? text) => Assert.False(ChangeNumber.TryParse(text, null, out _));
}
