using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Jpki.Audit.Merkle;
using Jpki.Audit.Records;
using Jpki.Domain.Identifiers;

namespace Jpki.Audit.Tests.Support;

/// <summary>Lines of exports as the ledger writes them.</summary>
internal static class GivenExport
{
    public static readonly MunicipalityCode Municipality = MunicipalityCode.Parse("13207");

    public static readonly DateTimeOffset Noon = new(2026, 4, 1, 3, 0, 0, TimeSpan.Zero);

    public static ExportHeader Header(long size) => new(Municipality, "jpki.example/13207", size, Noon);

    /// <param name="headers">As PostgreSQL writes it: a space after colons and commas.</param>
    public static ExportedEvent Event(
        long index, string stream = "13207-00000001", long version = 1, string headers = """{"at": "2026-04-01T12:00:00.0000000+09:00", "role": "registry"}""",
        string body = """{"occurredOn": "2026-04-01", "note": "昭島 \" \\ é"}""") => new(
        index, 3 + 2 * index, stream, version, "resident-registered.v1", new Guid((int)index, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0xAB), Noon.AddTicks(10 * index),
        Octets("0192f0c1-0000-8000-8000-0000000000aa"), Octets(headers), SaltOf(stream), null, Octets(body));

    public static byte[] SaltOf(string stream) => SHA256.HashData(Encoding.UTF8.GetBytes(stream));

    public static ExportedEvent Masked(ExportedEvent line, string body) =>
        line with { Commitment = LeafRecord.OfBody(line.Salt.Span, line.Body.Span), Salt = default, Body = Octets(body) };

    public static byte[] Written(Action<ExportWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new ExportWriter(buffer))
            write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] Compressed(byte[] octets)
    {
        using var file = new MemoryStream();
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest))
            gzip.Write(octets);
        return file.ToArray();
    }

    public static TreeHash Leaf(ExportedEvent line) => line.ToLeafRecord().ToLeaf();

    private static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text);
}
