using System.Collections;
using System.Text.RegularExpressions;
using Jpki.Domain.Rules;
using Jpki.Silo.CallCentre;

namespace Jpki.Integration.Tests.CallCentre;

/// <summary>The texts themselves: whole, in their own language, and saying the same numbers.</summary>
[Trait("Rule", "S31")]
public sealed partial class ScriptTests
{
    /// <summary>Words that are written so in every language.</summary>
    private static readonly string[] _names = ["e-Tax", "IP"];

    /// <summary>Words that one of the three languages in Latin letters has and the other two have not.</summary>
    private static readonly Dictionary<string, string[]> _markers = new()
    {
        ["en"] = ["the", "of", "and", "you", "your", "is", "to", "this", "are", "will", "them"],
        ["es"] = ["el", "la", "los", "las", "y", "su", "usted", "del", "una", "con", "en"],
        ["pt"] = ["o", "ou", "do", "da", "em", "não", "seu", "sua", "para", "à", "os", "das"],
    };

    public static TheoryData<string> Codes => [.. CallCentreScripts.All.Select(each => each.Code)];

    [Fact]
    public void Japanese_and_the_five_languages_of_the_page() =>
        Assert.Equal(["ja", "en", "zh", "ko", "es", "pt"], CallCentreScripts.All.Select(each => each.Code));

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_text_is_there(string code)
    {
        var (script, japanese) = (CallCentreScripts.Find(code)!, CallCentreScripts.Find("ja")!);

        Assert.All(TextsOf(script), text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.Equal(Enum.GetValues<ScriptStep>(), script.Parts.Select(part => part.Step));
        Assert.Equal(japanese.Parts.Select(part => part.Ask.Count), script.Parts.Select(part => part.Ask.Count));
        Assert.Equal(LossReportNumbers.All.Count, script.LineNames.Count);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void No_text_is_left_in_another_script(string code) => Assert.All(TextsOf(CallCentreScripts.Find(code)!), text =>
    {
        var rest = _names.Aggregate(text, (left, name) => left.Replace(name, "", StringComparison.Ordinal));
        switch (code)
        {
            case "ja":
                Assert.Matches(JapaneseLetters(), rest);
                Assert.DoesNotMatch(Latin(), rest);
                Assert.DoesNotMatch(Hangul(), rest);
                break;
            case "zh":
                Assert.Matches(Han(), rest);
                Assert.DoesNotMatch(Kana(), rest);
                Assert.DoesNotMatch(NotSimplified(), rest);
                Assert.DoesNotMatch(Latin(), rest);
                break;
            case "ko":
                Assert.Matches(Hangul(), rest);
                Assert.DoesNotMatch(Han(), rest);
                Assert.DoesNotMatch(Kana(), rest);
                Assert.DoesNotMatch(Latin(), rest);
                break;
            default:
                Assert.Matches(Latin(), text);
                Assert.DoesNotMatch(EastAsian(), text);
                break;
        }
    });

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("pt")]
    public void Every_sentence_in_Latin_letters_is_in_its_own_language(string code) =>
        Assert.All(Sentences(code).Where(text => WordsOf(text).Length > 5), text =>
        {
            var score = _markers.ToDictionary(each => each.Key, each => WordsOf(text).Count(each.Value.Contains));
            Assert.True(score.All(each => each.Key == code || each.Value < score[code]), $"Looks like {string.Join(' ', score)}: {text}");
        });

    [Fact]
    public void No_two_languages_share_a_sentence()
    {
        var sentences = CallCentreScripts.All.SelectMany(each => Sentences(each.Code)).ToArray();

        Assert.Distinct(sentences);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    [Trait("Rule", "S30")]
    [Trait("Rule", "S34")]
    public void All_say_the_same_numbers_in_the_same_steps(string code)
    {
        var (script, english) = (CallCentreScripts.Find(code)!, CallCentreScripts.Find("en")!);
        foreach (var (own, other) in script.Parts.Zip(english.Parts))
            Assert.Equal(NumbersOf(other), NumbersOf(own));

        var enquiries = script.Parts[^1].Say;
        Assert.All(LossReportNumbers.All, line => Assert.Contains(line.Number, enquiries[1], StringComparison.Ordinal));
        Assert.Equal(["17:30", "20:00", "9:30", "9:30"], Number().Matches(enquiries[2]).Select(each => each.Value).Order(StringComparer.Ordinal));
        Assert.Contains("29", enquiries[^1], StringComparison.Ordinal);
        Assert.Matches("(^|[^0-9])3([^0-9]|$)", enquiries[^1]);
    }

    /// <summary>Without the days of the turn of the year, whose months are numbers in some languages and words in others.</summary>
    private static IEnumerable<string> NumbersOf(ScriptPart part)
    {
        var said = part.Step == ScriptStep.Enquiries ? part.Say.Take(part.Say.Count - 1) : part.Say;
        return said.Concat(part.Ask).SelectMany(text => Number().Matches(text)).Select(each => each.Value).Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Sentences(string code) =>
        CallCentreScripts.Find(code)!.Parts.SelectMany(part => part.Say.Concat(part.Ask));

    private static string[] WordsOf(string text) => [.. Word().Matches(text.ToLowerInvariant()).Select(each => each.Value)];

    /// <summary>All that is written, found by reflection, so that a text added later is looked at too; codes are not texts.</summary>
    private static IEnumerable<string> TextsOf(object script) =>
        from property in script.GetType().GetProperties()
        where property.Name is not (nameof(CallCentreScript.Code) or nameof(CallCentreScript.Tag))
        from text in property.GetValue(script) switch
        {
            string text => [text],
            IEnumerable<string> texts => texts,
            IEnumerable parts => parts.Cast<object>().SelectMany(TextsOf),
            _ => Enumerable.Empty<string>(),
        }
        select text;

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex(@"[\p{IsHiragana}\p{IsKatakana}-[・ー]]")]
    private static partial Regex Kana();

    [GeneratedRegex(@"[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}]")]
    private static partial Regex JapaneseLetters();

    /// <summary>What Japanese and traditional Chinese write otherwise.</summary>
    [GeneratedRegex("[証證発發電時間話紛個號編窓語業務談請認確経済現続]")]
    private static partial Regex NotSimplified();

    [GeneratedRegex(@"\p{IsHangulSyllables}")]
    private static partial Regex Hangul();

    [GeneratedRegex("[A-Za-z]")]
    private static partial Regex Latin();

    [GeneratedRegex(@"[\p{IsHiragana}\p{IsKatakana}\p{IsCJKUnifiedIdeographs}\p{IsHangulSyllables}\uff00-\uffef、。]")]
    private static partial Regex EastAsian();

    [GeneratedRegex("[0-9][0-9:-]*")]
    private static partial Regex Number();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
