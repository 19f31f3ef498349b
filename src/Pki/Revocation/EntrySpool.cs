using System.Buffers;
using Jpki.Domain;

namespace Jpki.Pki.Revocation;

/// <summary>
/// The encoded entries, on their way: what stands before them in a list tells their length, so they wait in a file until it is known. Memory
/// is one block, however many there are.
/// </summary>
/// <param name="path">Of the file; it goes when this is disposed.</param>
internal sealed class EntrySpool(string path) : IAsyncDisposable
{
    private const int BlockLength = 128 * 1024;

    private readonly FileStream file = OwnFile.Create(path, FileOptions.DeleteOnClose);
    private readonly byte[] block = ArrayPool<byte>.Shared.Rent(BlockLength);

    public long Count { get; private set; }

    /// <summary>Of all entries together, octets.</summary>
    public long Length => file.Length;

    /// <returns>False when an entry has no form; what was written so far is of no use then.</returns>
    public async Task<bool> FillAsync(IAsyncEnumerable<RevocationEntry> entries, CancellationToken cancellation)
    {
        var used = 0;
        await foreach (var entry in entries.WithCancellation(cancellation))
        {
            if (!EntryEncoding.CanWrite(entry))
                return false;
            if (used > BlockLength - EntryEncoding.Longest)
            {
                await file.WriteAsync(block.AsMemory(0, used), cancellation);
                used = 0;
            }

            used += EntryEncoding.Write(entry, block.AsSpan(used));
            Count++;
        }

        await file.WriteAsync(block.AsMemory(0, used), cancellation);
        return true;
    }

    /// <summary>Gives all of it, block by block, as often as it is asked for. A block is good until the next one.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        file.Position = 0;
        for (int read; (read = await file.ReadAsync(block.AsMemory(0, BlockLength), cancellation)) > 0;)
            yield return block.AsMemory(0, read);
    }

    public async ValueTask DisposeAsync()
    {
        await file.DisposeAsync();
        ArrayPool<byte>.Shared.Return(block);
    }
}
