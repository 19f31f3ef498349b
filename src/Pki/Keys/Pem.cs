using System.Security.Cryptography;

namespace Jpki.Pki.Keys;

/// <summary>PEM (RFC 7468) in the store's files.</summary>
internal static class Pem
{
    public const string CertificateLabel = "CERTIFICATE";

    /// <summary>The first block's octets; null when there is none or it is labelled otherwise.</summary>
    public static byte[]? Read(string text, string label) =>
        PemEncoding.TryFind(text, out var found) && text[found.Label] == label ? Convert.FromBase64String(text[found.Base64Data]) : null;

    /// <summary>A block with its last line ended.</summary>
    public static string Write(string label, ReadOnlySpan<byte> octets) => PemEncoding.WriteString(label, octets) + "\n";
}
