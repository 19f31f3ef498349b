using System.Formats.Asn1;
using System.Security.Cryptography;
using Jpki.Domain;

namespace Jpki.Pki.Revocation;

/// <summary>
/// 失効リストの読み取り: the entries of a published list, as somebody outside reads them. Whether the list is sound was checked before it was
/// published (<see cref="RevocationListLint"/>), and is not asked again.
/// </summary>
public static class RevocationListReader
{
    /// <param name="file">DER.</param>
    /// <exception cref="AsnContentException">It is no revocation list.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IEnumerable<RevocationEntry> Entries(string file)
    {
        using var reader = new DerFileReader(file, HashAlgorithmName.SHA256);
        reader.ReadHeader(Asn1Tag.Sequence);
        reader.ReadHeader(Asn1Tag.Sequence);
        reader.ReadValue(); // version
        reader.ReadValue(); // signature algorithm
        reader.ReadValue(); // issuer
        reader.ReadValue(); // thisUpdate
        reader.ReadValue(); // nextUpdate
        if (!reader.IsNext(Asn1Tag.Sequence))
            yield break;
        var length = reader.ReadHeader(Asn1Tag.Sequence);
        for (var until = reader.Position + length; reader.Position < until;)
        {
            var (entry, consumed) = Entry(reader.Peek((int)Math.Min(until - reader.Position, EntryLint.Window)));
            reader.Skip(consumed);
            yield return entry;
        }
    }

    private static (RevocationEntry Entry, int Consumed) Entry(ReadOnlySpan<byte> octets)
    {
        AsnDecoder.ReadSequence(octets, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
        var entry = octets.Slice(offset, length);
        var serial = AsnDecoder.ReadIntegerBytes(entry, AsnEncodingRules.DER, out var read);
        var date = entry[read..];
        var at = date[0] == (byte)UniversalTagNumber.UtcTime
            ? AsnDecoder.ReadUtcTime(date, AsnEncodingRules.DER, out _)
            : AsnDecoder.ReadGeneralizedTime(date, AsnEncodingRules.DER, out _);
        // Every entry of ours ends with its reason's ENUMERATED.
        var reason = (RevocationReason)entry[^1];
        return (new(Octets.From(serial), reason, at), consumed);
    }
}
