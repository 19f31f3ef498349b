using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Jpki.Silo.Registry;

/// <summary>A line as it came.</summary>
/// <param name="Number">From 1; blank lines count.</param>
/// <param name="Octets">Without its end; null when it was longer than a line may be.</param>
public readonly record struct FeedLine(long Number, byte[]? Octets);

/// <summary>
/// Cuts a stream into lines (NDJSON: one JSON object a line, ended by LF or CR LF; the last may lack its end). Holds no more than one line at
/// a time, however long the stream or a line is.
/// </summary>
public static class FeedLines
{
    /// <summary>Octets of the longest line, without its end; what is longer is passed over.</summary>
    public const int Longest = 16 * 1024;

    private static readonly byte[] _byteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>Every line that is not blank.</summary>
    /// <exception cref="IOException">The stream broke off; the line it broke in is not given out.</exception>
    public static async IAsyncEnumerable<FeedLine> ReadAsync(PipeReader input, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var (number, end) = (1L, false); !end; number++)
        {
            (var octets, end) = await NextAsync(input, cancellationToken);
            if (number == 1 && octets.AsSpan().StartsWith(_byteOrderMark))
                octets = octets![_byteOrderMark.Length..];
            if (octets is null || octets.AsSpan().ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r'))
                yield return new FeedLine(number, octets);
        }
    }

    /// <returns>The line, null when it was too long; and whether the stream ended with it.</returns>
    private static async ValueTask<(byte[]? Octets, bool End)> NextAsync(PipeReader input, CancellationToken cancellationToken)
    {
        var tooLong = false;
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var buffer = read.Buffer;
            if (buffer.PositionOf((byte)'\n') is { } lineFeed)
            {
                var line = Line(buffer.Slice(0, lineFeed), tooLong);
                input.AdvanceTo(buffer.GetPosition(1, lineFeed));
                return (line, false);
            }

            if (read.IsCompleted)
            {
                var line = Line(buffer, tooLong);
                input.AdvanceTo(buffer.End);
                return (line, true);
            }

            // One octet more than a line has, for the CR that may belong to its end.
            tooLong |= buffer.Length > Longest + 1;
            input.AdvanceTo(tooLong ? buffer.End : buffer.Start, buffer.End);
        }
    }

    private static byte[]? Line(ReadOnlySequence<byte> octets, bool tooLong)
    {
        if (tooLong || octets.Length > Longest + 1)
            return null;

        var line = octets.ToArray();
        if (line is [.., (byte)'\r'])
            line = line[..^1];
        return line.Length > Longest ? null : line;
    }
}
