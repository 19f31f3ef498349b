using System.Collections;
using System.Text;
using Jpki.Domain;

namespace Jpki.Pki.Orders;

/// <summary>
/// 使用可能文字: which characters may stand in a certificate: JIS X 0208 levels 1 and 2 with its non-kanji, and JIS X 0212. Vendor
/// extensions in unused rows (①, ㈱, 髙 in NEC and IBM rows) are not of them. ASCII counts as the Latin letters of JIS X 0208, and
/// nothing is turned from half to full width or back: the registry's form is the form.
/// </summary>
public static class Repertoire
{
    /// <summary>代替文字 〓 (U+3013), the geta mark: stands for a character that cannot be written.</summary>
    public const char Substitute = '〓';

    private const int EucJp = 20932;
    private const int CellsOfRow = 94;
    private const char Unassigned = '\uFFFD';

    // JIS X 0208:1990: non-kanji, level 1 (16–47), level 2 (48–84).
    private static readonly int[] RowsOf0208 = [.. Enumerable.Range(1, 8), .. Enumerable.Range(16, 69)];

    // JIS X 0212:1990: non-kanji, supplementary kanji (16–77).
    private static readonly int[] RowsOf0212 = [2, 6, 7, 9, 10, 11, .. Enumerable.Range(16, 62)];

    // The same JIS cell under the code point that another mapping gives it, as registries on other systems send it (～ ∥ － ￠ ￡ ￢ — ¥ ‾ ￤),
    // and № (JIS X 0212 2-81), which the code page has elsewhere.
    private const string OtherMappings = "\uFF5E\u2225\uFF0D\uFFE0\uFFE1\uFFE2\u2014\u00A5\u203E\uFFE4\u2116";

    private static readonly BitArray Members = Build();

    public static bool Contains(Rune character) => character.IsBmp && Members[character.Value];

    /// <summary>
    /// The four attributes as a certificate can carry them. A character outside becomes <see cref="Substitute"/>. A variation selector
    /// (異体字セレクタ) is dropped and its base character marked as a substitute, for its shape is no longer the registry's.
    /// </summary>
    public static CertifiedHolder Certify(FourAttributes attributes)
    {
        var (name, nameMap) = Certify(attributes.Name);
        var (address, addressMap) = Certify(attributes.Address);
        return new(name, nameMap, address, addressMap, attributes.BirthDate, attributes.Sex);
    }

    private static (string Text, string Map) Certify(string text)
    {
        var certified = new StringBuilder(text.Length);
        var map = new StringBuilder(text.Length);
        foreach (var character in text.EnumerateRunes())
        {
            if (IsVariationSelector(character) && map.Length > 0)
            {
                map[^1] = '1';
                continue;
            }

            var original = Contains(character);
            certified.Append(original ? (char)character.Value : Substitute);
            map.Append(original ? '0' : '1');
        }

        return (certified.ToString(), map.ToString());
    }

    // Standardised variants, and the ideographic ones of the Moji Joho collection (UTS #37).
    private static bool IsVariationSelector(Rune character) => character.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static BitArray Build()
    {
        var members = new BitArray(char.MaxValue + 1);
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(
            EucJp, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback(Unassigned.ToString()))!;
        foreach (var row in RowsOf0208)
            AddRow(row, trailOffset: 0xA0);
        // This code page tells JIS X 0212 from JIS X 0208 by the trail octet's high bit, not by the SS3 prefix of EUC-JP.
        foreach (var row in RowsOf0212)
            AddRow(row, trailOffset: 0x20);
        foreach (var character in OtherMappings)
            members[character] = true;
        for (var character = ' '; character <= '~'; character++)
            members[character] = true;
        return members;

        void AddRow(int row, int trailOffset)
        {
            for (var cell = 1; cell <= CellsOfRow; cell++)
            {
                var decoded = encoding.GetString([(byte)(0xA0 + row), (byte)(trailOffset + cell)]);
                if (decoded is [not Unassigned and not (>= '\uE000' and < '\uF900')])
                    members[decoded[0]] = true;
            }
        }
    }
}
