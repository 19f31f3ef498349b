using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Jpki.Domain.Statistics;

namespace Jpki.Ledger.Statistics;

/// <summary>
/// 検算値: a sum over all rows of the views, kept along with them: what is added to a row is added to the sum, so it is kept without reading what is
/// there, and reckoned anew from what is there it must come out the same. It finds a row that was changed, lost or put in past the fold.
/// </summary>
internal static class ContentDigest
{
    private const char Separator = '\u001f';

    /// <summary>The share of a cell, or of what is added to one: linear in count and yen.</summary>
    public static long Of(CellKey key, CellSum sum)
    {
        var hash = Hash(
            key.Municipality.Value, Text(key.Day), key.Office, ContractName.Of(key.Figure), key.Kind, key.Procedure, key.Reason, key.Fee, key.Applicant,
            key.Detail);
        return unchecked((sum.Count * hash.First) + (sum.Yen * hash.Second));
    }

    /// <summary>The share of a resident's row.</summary>
    public static long Of(ResidentRow row) => Hash(
        row.Resident, Text(row.BirthDate), row.SignatureSerial, Text(row.SignatureUntil), row.AuthenticationSerial, Text(row.AuthenticationUntil), row.Pending)
        .First;

    private static string? Text(DateOnly? day) => day?.ToString("o", CultureInfo.InvariantCulture);

    // Odd factors: no multiple of a power of two is lost.
    private static (long First, long Second) Hash(params ReadOnlySpan<string?> parts)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(Separator, parts)), hash);
        return (BinaryPrimitives.ReadInt64BigEndian(hash) | 1, BinaryPrimitives.ReadInt64BigEndian(hash[8..]) | 1);
    }
}
