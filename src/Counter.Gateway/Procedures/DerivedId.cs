using System.Security.Cryptography;
using System.Text;
using Jpki.Domain.Identifiers;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>
/// Command ids that follow from what the command is about. A gateway killed between sending and hearing sends, after its restart, the same
/// command under the same id, and so it is done once.
/// </summary>
public static class DerivedId
{
    /// <summary>RFC 9562 5.8 (version 8): the first 16 octets of SHA-256 over the parts, with the version and variant bits set.</summary>
    public static CommandId From(params ReadOnlySpan<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts!)));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new CommandId(new Guid(hash.AsSpan(0, 16), bigEndian: true));
    }

    public static CommandId New() => new(Guid.CreateVersion7());
}
