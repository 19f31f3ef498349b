using System.Diagnostics.CodeAnalysis;

namespace Jpki.Domain.Identifiers;

/// <summary>
/// コマンドID: chosen by the sender of a command, kept with the events it caused. The same id sent again is answered again and done once,
/// for ever. The id of an application's command is also the id of the application.
/// </summary>
/// <param name="Value">Never the empty GUID.</param>
public readonly record struct CommandId(Guid Value) : IParsable<CommandId>
{
    /// <exception cref="FormatException">Not a GUID in hyphenated form, or the empty one.</exception>
    public static CommandId Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var id) ? id : throw new FormatException("A CommandId is a hyphenated GUID that is not empty.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out CommandId result)
    {
        result = Guid.TryParseExact(s, "D", out var guid) ? new(guid) : default;
        return result.Value != Guid.Empty;
    }

    public override string ToString() => Value.ToString("D");
}
