using System.Text.Json;

namespace Jpki.Domain.Statistics;

/// <summary>Names of enum values as the one contract writes them.</summary>
public static class ContractName
{
    /// <exception cref="KeyNotFoundException">Not a value of the enumeration.</exception>
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.All[value];

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly IReadOnlyDictionary<T, string> All =
            Enum.GetValues<T>().ToDictionary(each => each, each => JsonNamingPolicy.CamelCase.ConvertName(each.ToString()));
    }
}
