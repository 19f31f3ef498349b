using System.Text;
using Jpki.Domain;
using Jpki.Pki.Orders;

namespace Jpki.Pki.Tests;

public sealed class RepertoireTests
{
    [Fact]
    public void The_repertoire_is_both_standards_with_ASCII_and_the_doubly_mapped_signs()
    {
        var members = Enumerable.Range(0, 0x10FFFF).Where(Rune.IsValid).Count(each => Repertoire.Contains(new(each)));

        // JIS X 0208 has 6,879 characters and JIS X 0212 6,067, of which the tilde is in ASCII's 95; ten signs have a second code point.
        Assert.Equal(6_879 + 6_067 - 1 + 95 + 10, members);
    }

    [Theory]
    [InlineData("亜", true, "level 1, the first")]
    [InlineData("腕", true, "level 1, the last")]
    [InlineData("弌", true, "level 2, the first")]
    [InlineData("熙", true, "level 2, the last")]
    [InlineData("丂", true, "JIS X 0212, the first kanji")]
    [InlineData("龥", true, "JIS X 0212, the last kanji")]
    [InlineData("é", true, "JIS X 0212, Latin")]
    [InlineData("ヴ", true, "katakana")]
    [InlineData("Ａ", true, "full-width Latin")]
    [InlineData("A", true, "Latin")]
    [InlineData("～", true, "the wave dash as Windows maps it")]
    [InlineData("〜", true, "the wave dash as the standard maps it")]
    [InlineData("　", true, "the ideographic space between family name and given name")]
    [InlineData("①", false, "NEC row 13")]
    [InlineData("㈱", false, "NEC row 13")]
    [InlineData("髙", false, "IBM extension")]
    [InlineData("﨑", false, "IBM extension")]
    [InlineData("ｱ", false, "half-width katakana")]
    [InlineData("𠮷", false, "beyond the BMP")]
    [InlineData("𩸽", false, "JIS X 0213 level 4")]
    [InlineData("한", false, "hangul")]
    [InlineData("\u0007", false, "control")]
    [InlineData("\uE000", false, "private use")]
    public void Membership_follows_the_standards(string character, bool member, string what) =>
        Assert.True(Repertoire.Contains(character.EnumerateRunes().Single()) == member, what);

    [Theory]
    [InlineData("昭島太郎", "昭島太郎", "0000")]
    [InlineData("髙橋花子", "〓橋花子", "1000")]
    [InlineData("𠮷田太郎", "〓田太郎", "1000")]
    [InlineData("葛\U000E0100城", "葛城", "10")]
    [InlineData("𠮷\U000E0101野", "〓野", "10")]
    [InlineData("\U000E0100城", "〓城", "10")]
    [InlineData("か\u3099", "か〓", "01")]
    [InlineData("〓", "〓", "0")]
    [InlineData("ALEXANDER 1-2", "ALEXANDER 1-2", "0000000000000")]
    public void What_cannot_be_written_is_substituted_and_the_map_says_so(string registered, string certified, string map)
    {
        var holder = Repertoire.Certify(new(registered, registered, new(1989, 1, 8), Sex.Male));

        Assert.Equal((certified, map), (holder.Name, holder.NameSubstitutes));
        Assert.Equal((certified, map), (holder.Address, holder.AddressSubstitutes));
        Assert.Equal((new DateOnly(1989, 1, 8), Sex.Male), (holder.BirthDate, holder.Sex));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_one_character_that_cannot_be_written()
    {
        var holder = Repertoire.Certify(new("太\uD842郎", "\uDC00", new(1989, 1, 8), Sex.Male));

        Assert.Equal(("太〓郎", "010", "〓", "1"), (holder.Name, holder.NameSubstitutes, holder.Address, holder.AddressSubstitutes));
    }
}
