using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Jpki.Domain.Identifiers;

/// <summary>
/// コマンドID: chosen by the sender of a command, kept with the events it caused. The same id sent again is answered again and done once,
/// for ever. The id of an application's command is also the id of the application.
/// </summary>
/// <param name="Value">Never the empty GUID.</param>
public readonly record struct CommandId(Guid Value) : IParsable<CommandId>
{
    /// <summary>
    /// An id that follows from what the command is about: a sender that has forgotten whether it sent, or sends again for ever, sends the same
    /// command under the same id, and so it is done once. RFC 9562 5.8 (version 8): the first 16 octets of SHA-256 over the parts, with the
    /// version and variant bits set.
    /// </summary>
    /// <param name="parts">The first says what kind of command it is; none contains a line feed, which separates them.</param>
    public static CommandId Derived(params ReadOnlySpan<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!)));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new CommandId(new Guid(hash.AsSpan(0, 16), bigEndian: true));
    }

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
