using System.Collections;
using System.Globalization;

namespace Jpki.Domain.Tests.Residents;

/// <summary>A value written out in full, lists and all, so that two of them can be compared where records compare lists by reference.</summary>
internal static class Shape
{
    public static string Of(object? value) => value switch
    {
        null => "none",
        string text => text,
        Octets octets => octets.ToBase64(),
        IEnumerable items => $"[{string.Join(", ", items.Cast<object?>().Select(Of))}]",
        IFormattable plain => plain.ToString(plain is DateTimeOffset or DateOnly ? "o" : null, CultureInfo.InvariantCulture),
        bool or ValueType => value.ToString()!,
        _ => $"{value.GetType().Name} {{{string.Join(", ", value.GetType().GetProperties()
            .Where(each => each.GetIndexParameters().Length == 0 && !each.GetMethod!.IsStatic)
            .Select(each => $"{each.Name}: {Of(each.GetValue(value))}"))}}}",
    };
}
