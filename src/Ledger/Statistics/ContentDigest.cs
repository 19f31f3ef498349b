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
        var hash = Hash(string.Create(
            CultureInfo.InvariantCulture,
            $"{key.Municipality}{Separator}{key.Day:yyyy-MM-dd}{Separator}{key.Office}{Separator}{key.Figure}{Separator}{key.Kind}{Separator}{key.Procedure}{Separator}{key.Reason}{Separator}{key.Fee}{Separator}{key.Applicant}{Separator}{key.Detail}"));
        return unchecked((sum.Count * hash.First) + (sum.Yen * hash.Second));
    }

    /// <summary>The share of a resident's row.</summary>
    public static long Of(ResidentRow row) => Hash(string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Resident}{Separator}{row.BirthDate:yyyy-MM-dd}{Separator}{row.SignatureSerial}{Separator}{row.SignatureUntil:yyyy-MM-dd}{Separator}{row.AuthenticationSerial}{Separator}{row.AuthenticationUntil:yyyy-MM-dd}{Separator}{row.Pending}")).First;

    // Odd factors: no multiple of a power of two is lost.
    private static (long First, long Second) Hash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return (BinaryPrimitives.ReadInt64BigEndian(hash) | 1, BinaryPrimitives.ReadInt64BigEndian(hash[8..]) | 1);
    }
}
