using System.Formats.Asn1;
using Jpki.Domain;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Revocation;

/// <summary>一行ずつの検査: reads entry after entry, remembering only the serial number before.</summary>
internal sealed class EntryLint(bool delta, List<LintFinding> findings)
{
    /// <summary>More than any well-formed entry has.</summary>
    public const int Window = 128;

    private const int LongestSerial = 20;
    private const int UtcTimeLength = 15; // header included: 17 0D YYMMDDhhmmssZ
    private const int GeneralizedTimeLength = 17;
    private const int FirstYearOfGeneralizedTime = 2050;

    // The whole crlEntryExtensions of each reason, at the reason's number; empty where there is no such reason.
    private static readonly byte[][] ReasonExtensions =
        [.. Enumerable.Range(0, 256).Select(each => Enum.IsDefined((RevocationReason)each) ? ReasonExtension((RevocationReason)each) : [])];

    private readonly byte[] previous = new byte[LongestSerial];
    private int previousLength;

    public long Count { get; private set; }

    /// <param name="octets">From the entry on.</param>
    /// <returns>Its length.</returns>
    /// <exception cref="AsnContentException">It is no entry at all.</exception>
    public int Read(ReadOnlySpan<byte> octets)
    {
        Count++;
        AsnDecoder.ReadSequence(octets, AsnEncodingRules.DER, out var offset, out var length, out var consumed);
        var entry = octets.Slice(offset, length);
        Serial(AsnDecoder.ReadIntegerBytes(entry, AsnEncodingRules.DER, out var read));
        entry = entry[read..];
        entry = entry[Date(entry)..];
        Reason(entry);
        return consumed;
    }

    private void Serial(ReadOnlySpan<byte> serial)
    {
        if (serial.Length > LongestSerial || serial[0] >= 0x80 || serial is [0])
        {
            Find("entry-serial", "is not positive, or has more than 20 octets");
            return;
        }

        var order = serial.SequenceCompareTo(previous.AsSpan(0, previousLength));
        if (order == 0)
            Find("entry-duplicate", "repeats the serial number before it");
        else if (order < 0)
            Find("entry-order", "does not come after the one before it");
        serial.CopyTo(previous);
        previousLength = serial.Length;
    }

    private int Date(ReadOnlySpan<byte> octets)
    {
        int consumed;
        if (octets is [(byte)UniversalTagNumber.UtcTime, ..])
        {
            AsnDecoder.ReadUtcTime(octets, AsnEncodingRules.DER, out consumed);
            if (consumed != UtcTimeLength)
                Find("entry-date", "has a date that is not of a whole second in UTC");
        }
        else
        {
            var date = AsnDecoder.ReadGeneralizedTime(octets, AsnEncodingRules.DER, out consumed);
            if (consumed != GeneralizedTimeLength || date.Year < FirstYearOfGeneralizedTime)
                Find("entry-date", "has a date that is not of a whole second in UTC, or is GeneralizedTime before 2050");
        }

        return consumed;
    }

    private void Reason(ReadOnlySpan<byte> octets)
    {
        if (octets.IsEmpty || ReasonExtensions[octets[^1]] is not { Length: > 0 } expected || !octets.SequenceEqual(expected))
            Find("entry-reason", "does not have a reason, and only a reason, that is used here");
        else if (octets[^1] == (byte)RevocationReason.RemoveFromCrl && !delta)
            Find("entry-reason", "is removed from a list, which only a delta may say");
    }

    // One of each kind: a million entries may share one mistake.
    private void Find(string code, string detail)
    {
        if (!findings.Exists(each => each.Code == code))
            findings.Add(new(code, $"Entry {Count} {detail}."));
    }

    private static byte[] ReasonExtension(RevocationReason reason) => ExpectedCertificate.Encode(writer =>
    {
        using var extensions = writer.PushSequence();
        using var extension = writer.PushSequence();
        writer.WriteObjectIdentifier("2.5.29.21");
        writer.WriteOctetString(ExpectedCertificate.Encode(value => value.WriteEnumeratedValue(reason)));
    });
}
