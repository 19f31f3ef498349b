using System.Security.Cryptography;

namespace Jpki.Domain;

/// <summary>
/// 証拠画像: an image kept as evidence, named by its content. The octets lie apart from the events and can be destroyed at the end of their
/// retention; the hash in the event stays.
/// </summary>
/// <param name="Sha256">Of the octets, 64 digits of lower-case hexadecimal.</param>
/// <param name="MediaType"><c>image/jpeg</c>, <c>image/png</c> or <c>application/pdf</c>.</param>
/// <param name="Bytes">Length in octets, 1 to <see cref="MostBytes"/>.</param>
public sealed record Evidence(string Sha256, string MediaType, int Bytes)
{
    /// <summary>5 MiB: an A4 page scanned at 300 dpi in colour has about 1 MB as JPEG; more is a mistake at the scanner.</summary>
    public const int MostBytes = 5 * 1024 * 1024;

    /// <summary>The description of octets; none when they are too many, or of no kind that is taken, whatever the sender says they are.</summary>
    public static Evidence? Of(ReadOnlySpan<byte> content) =>
        content.Length <= MostBytes && MediaTypeOf(content) is { } mediaType
            ? new(Convert.ToHexStringLower(SHA256.HashData(content)), mediaType, content.Length)
            : null;

    /// <summary>
    /// By the first octets: JPEG's SOI and marker (ITU-T T.81 B.1.1.3), PNG's signature (ISO/IEC 15948 5.2), PDF's header (ISO 32000-1 7.5.2).
    /// </summary>
    private static string? MediaTypeOf(ReadOnlySpan<byte> content) => content switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', (byte)'-', ..] => "application/pdf",
        _ => null,
    };
}

/// <summary>両面の写し: both sides of an identity document (S26); of a passport the page with the photograph and the one with the address.</summary>
public sealed record DocumentImages(Evidence Front, Evidence Back);

/// <summary>A command that may name images: they must be stored before it is decided.</summary>
public interface IDocumented
{
    /// <summary>The images named; none where none were made.</summary>
    DocumentImages? Images { get; }
}
