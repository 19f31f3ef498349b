using System.Runtime.CompilerServices;

namespace Jpki.Audit.Records;

/// <summary>
/// Some whole lines of an export, not looked into yet: what is read from a file in one go, and what is parsed in one go, so that reading,
/// parsing and judging can go on beside each other.
/// </summary>
/// <param name="FirstLine">Number of the first line, from 1.</param>
public sealed record ExportBlock(ReadOnlyMemory<byte> Octets, long FirstLine)
{
    /// <summary>Longest line in octets; a longer one is not read.</summary>
    public const int LongestLine = 1 << 20;

    // Below the size from which the garbage collector keeps arrays apart.
    private const int Usual = 64 * 1024;

    /// <summary>What ends the export before its last line; none where nothing does. The lines of the block come before it.</summary>
    public LineDamage? Broken { get; private init; }

    /// <summary>The lines in their order.</summary>
    public IEnumerable<ExportLine> Lines()
    {
        var (rest, number) = (Octets, FirstLine);
        while (rest.Span.IndexOf((byte)'\n') is var end and >= 0)
        {
            yield return ExportParser.Parse(rest[..end]) ?? new DamagedLine(number, LineDamage.NotOfTheForm);
            (rest, number) = (rest[(end + 1)..], number + 1);
        }

        if (Broken is { } why)
            yield return new DamagedLine(number, why);
    }

    /// <summary>Reads an export to its end, or to where it breaks.</summary>
    /// <param name="plain">Not compressed.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    internal static async IAsyncEnumerable<ExportBlock> ReadAsync(Stream plain, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var (buffer, held, line) = (Fresh(Usual), 0, 1L);
        while (true)
        {
            var (read, damaged) = await ReadOnAsync(plain, buffer.AsMemory(held), cancellation);
            held += read;
            var whole = buffer.AsSpan(0, held).LastIndexOf((byte)'\n') + 1;
            var broken = damaged ? LineDamage.NotDecompressed
                : read == 0 && held > whole ? LineDamage.CutOff
                : held - whole >= LongestLine ? LineDamage.TooLong
                : (LineDamage?)null;
            if (whole > 0 || broken is not null)
            {
                var block = new ExportBlock(buffer.AsMemory(0, whole), line) { Broken = broken };
                line += buffer.AsSpan(0, whole).Count((byte)'\n');
                yield return block;
            }

            if (read == 0 || broken is not null)
                yield break;
            // Lines already handed on keep their array; what is left of it begins the next.
            var next = Fresh(int.Max(Usual, 2 * (held - whole)));
            buffer.AsSpan(whole, held - whole).CopyTo(next);
            (buffer, held) = (next, held - whole);
        }
    }

    private static byte[] Fresh(int length) => GC.AllocateUninitializedArray<byte>(length);

    private static async ValueTask<(int Read, bool Damaged)> ReadOnAsync(Stream plain, Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            return (await plain.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation), false);
        }
        catch (InvalidDataException)
        {
            return (0, true);
        }
    }
}
