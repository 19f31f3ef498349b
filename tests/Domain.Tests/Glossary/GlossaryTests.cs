using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Jpki.Domain.Tests.Glossary;

/// <summary>docs/glossary.md says what the code says: its table is what the attributes and the documentation of the domain give.</summary>
public sealed partial class GlossaryTests
{
    private static readonly Assembly _domain = typeof(StoredNameAttribute).Assembly;

    [Fact]
    public void The_glossary_is_the_codes()
    {
        var (code, page) = (Terms().ToArray(), TableOf("docs/glossary.md").ToArray());

        Assert.True(code.SequenceEqual(page), $"Missing:\n{Lines(code.Except(page))}\nNo longer so:\n{Lines(page.Except(code))}\nRows are in ordinal order.");
    }

    private static string Lines(IEnumerable<string> rows) => string.Join('\n', rows);

    private static IEnumerable<string> Terms()
    {
        var documented = Documentation();
        var stored = from type in _domain.GetTypes()
                     where type.IsDefined(typeof(StoredNameAttribute))
                     let name = StoredNameAttribute.Of(type)
                     select Row(WordsOf(Version().Replace(name.Name, "")), name.Japanese, name.Name);
        var values = from type in _domain.GetExportedTypes()
                     where type.IsEnum
                     from value in type.GetEnumNames()
                     from term in documented.GetValueOrDefault($"F:{type.FullName}.{value}", [])
                     select Row(WordsOf(value), term, $"{type.Name}.{value}");
        var types = from type in _domain.GetExportedTypes()
                    where !type.IsDefined(typeof(StoredNameAttribute))
                    from term in documented.GetValueOrDefault($"T:{type.FullName!.Replace('+', '.')}", [])
                    select Row(WordsOf(type.Name), term, type.IsNested ? $"{type.DeclaringType!.Name}.{type.Name}" : type.Name);
        return stored.Concat(values).Concat(types).Order(StringComparer.Ordinal);
    }

    /// <summary>The Japanese term each summary begins with, by the compiler's name for the member; none where it begins in English.</summary>
    private static Dictionary<string, string[]> Documentation() =>
        XDocument.Load(Path.ChangeExtension(_domain.Location, ".xml")).Descendants("member")
            .Select(member => (Name: member.Attribute("name")!.Value, Term: Term().Match(member.Element("summary")?.Value ?? "")))
            .Where(member => member.Term.Success)
            .ToDictionary(member => member.Name, member => new[] { member.Term.Groups[1].Value });

    private static IEnumerable<string> TableOf(string file) =>
        File.ReadLines(Path.Combine(SourceTree(), file)).SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith('|'));

    private static string SourceTree()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Jpki.Orleans.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new DirectoryNotFoundException("The tests run outside of the source tree.");
    }

    private static string Row(string english, string japanese, string code) => $"| {english} | {japanese} | `{code}` |";

    /// <summary>"CardFace" and "card-face" are "card face".</summary>
    private static string WordsOf(string name) => Humps().Replace(name.Replace('-', ' '), " $1").Trim().ToLowerInvariant();

    [GeneratedRegex(@"\.v[0-9]+$")]
    private static partial Regex Version();

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])")]
    private static partial Regex Humps();

    /// <summary>From the beginning up to the first space or mark of a Western text; digits and dots belong to terms such as 4情報の変更.</summary>
    [GeneratedRegex(@"^\s*((?=[0-9]*[\p{IsCJKUnifiedIdeographs}\p{IsKatakana}\p{IsHiragana}])[0-9\p{L}・々ー]+)")]
    private static partial Regex Term();
}
