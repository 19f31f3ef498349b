using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Jpki.Domain;
using Jpki.Domain.Json;

namespace Jpki.Silo.Api;

/// <summary>The member names of everything that can be sent, so that a place in a body can be told without repeating what was sent.</summary>
internal static partial class ContractMembers
{
    private static readonly HashSet<string> _names = NamesFrom([typeof(CommandEnvelope), .. StoredNames.Commands.Values]);

    /// <summary>A JSON path as far as it names members of the contract; what goes beyond becomes an ellipsis.</summary>
    /// <param name="path">As <see cref="System.Text.Json.JsonException.Path"/> has it; a sender's own member names may be in it.</param>
    public static string KnownPart(string path)
    {
        var known = KnownSteps().Match(path).Value;
        for (var cut = known; cut.Length > 1; cut = cut[..cut.LastIndexOf('.')])
        {
            if (cut.Split('.').Skip(1).All(step => _names.Contains(step.Split('[')[0])))
                return cut.Length == path.Length ? cut : $"{cut}…";
        }

        return path == "$" ? path : "$…";
    }

    private static HashSet<string> NamesFrom(IEnumerable<Type> roots)
    {
        var (names, seen, open) = (new HashSet<string>(), new HashSet<Type>(), new Stack<Type>(roots));
        while (open.TryPop(out var type))
        {
            if (!seen.Add(type))
                continue;
            var shape = Contract.Options.GetTypeInfo(type);
            if (shape.Kind == JsonTypeInfoKind.Enumerable)
                open.Push(shape.ElementType!);
            foreach (var property in shape.Kind == JsonTypeInfoKind.Object ? shape.Properties : [])
            {
                names.Add(property.Name);
                open.Push(property.PropertyType);
            }
        }

        return names;
    }

    [GeneratedRegex(@"^\$(\.[A-Za-z]+(\[[0-9]+\])?)*")]
    private static partial Regex KnownSteps();
}
