using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Jpki.Audit.Records;

/// <summary>Reads an export from a file or a wire, compressed by gzip or not: it is told by its first octets. Memory does not grow with it.</summary>
public static class ExportReader
{
    private const byte GzipFirst = 0x1F;
    private const byte GzipSecond = 0x8B;

    /// <summary>Every line in its order; a line that is none of the form is a <see cref="DamagedLine"/>, and after damage to the file there are no more.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static async IAsyncEnumerable<ExportLine> ReadAsync(Stream export, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var block in ReadBlocksAsync(export, cancellation))
        {
            foreach (var line in block.Lines())
                yield return line;
        }
    }

    /// <summary>The same, in blocks of lines that are not parsed yet.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static async IAsyncEnumerable<ExportBlock> ReadBlocksAsync(Stream export, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var pipe = PipeReader.Create(export, new(leaveOpen: true));
        try
        {
            var first = await pipe.ReadAtLeastAsync(2, cancellation);
            var compressed = IsGzip(first.Buffer.Slice(0, long.Min(2, first.Buffer.Length)).ToArray());
            pipe.AdvanceTo(first.Buffer.Start);
            await using var octets = pipe.AsStream(leaveOpen: true);
            await using var plain = compressed ? new GZipStream(octets, CompressionMode.Decompress) : octets;
            await foreach (var block in ExportBlock.ReadAsync(plain, cancellation))
                yield return block;
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static bool IsGzip(byte[] start) => start is [GzipFirst, GzipSecond];
}
