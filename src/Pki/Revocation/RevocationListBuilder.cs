using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Revocation;

/// <summary>
/// 失効リストの作成: signs the list of one key and one municipality, of any length in the same memory. Safe for concurrent use, each list with
/// a file of its own.
/// </summary>
/// <exception cref="ArgumentException">The settings have problems; the store refuses them first, with an explanation.</exception>
public sealed class RevocationListBuilder(Authorities authorities, AuthoritySettings settings)
{
    private readonly AuthoritySettings settings = settings.Problems().Count == 0
        ? settings : throw new ArgumentException(string.Join(" ", settings.Problems()), nameof(settings));

    private readonly RevocationListLint lint = new(settings);

    /// <summary>Writes the list, reads it back and only then calls it built. Whatever else happens, no file stays.</summary>
    /// <param name="entries">
    /// In ascending order of the serial numbers' octets, as <c>memcmp</c> compares and PostgreSQL sorts <c>bytea</c>: so a serial that comes twice
    /// is seen without remembering all. RFC 5280 asks for no order.
    /// </param>
    /// <param name="targetFile">Does not exist yet. Beside it a file <c>….entries</c> comes and goes.</param>
    /// <exception cref="IOException">A file cannot be written, or exists.</exception>
    public async Task<RevocationListResult> BuildAsync(
        RevocationListOrder order, IAsyncEnumerable<RevocationEntry> entries, string targetFile, CancellationToken cancellation)
    {
        if (authorities.ByKeyId(order.Scope.AuthorityKeyId) is not { } authority)
            return new RevocationListRejected([new("authority-key", "No authority has the key the order names.")]);
        if (ListOrderLint.Check(order, authority) is { Count: > 0 } unfit)
            return new RevocationListRejected(unfit);

        await using var spool = new EntrySpool(targetFile + ".entries");
        if (!await spool.FillAsync(entries, cancellation))
            return new RevocationListRejected([new("entry-form", $"Entry {spool.Count + 1} has no serial number of 1 to 20 octets, or no reason.")]);

        var target = OwnFile.Create(targetFile);
        var sound = false;
        try
        {
            await using (target)
                await WriteAsync(target, new(order, authority, settings, spool.Length), spool, authority.Key, cancellation);
            var report = lint.Check(targetFile, order, spool.Count, authority);
            sound = report.Findings.Count == 0;
            return sound
                ? new RevocationListBuilt(targetFile, report.Sha256, report.Length, spool.Count)
                : new RevocationListRejected(report.Findings);
        }
        finally
        {
            if (!sound)
                File.Delete(targetFile);
        }
    }

    // The head's length depends on the signature's (an ECDSA signature has no fixed length), so the hash comes before the first octet.
    private static async Task WriteAsync(FileStream target, ListAssembly list, EntrySpool spool, ISigningKey key, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(key.Algorithm.Digest());
        hash.AppendData(list.Before);
        await foreach (var block in spool.ReadAsync(cancellation))
            hash.AppendData(block.Span);
        hash.AppendData(list.After);
        var (head, tail) = list.Envelope(key.SignDigest(hash.GetHashAndReset()));

        await target.WriteAsync((byte[])[.. head, .. list.Before], cancellation);
        await foreach (var block in spool.ReadAsync(cancellation))
            await target.WriteAsync(block, cancellation);
        await target.WriteAsync((byte[])[.. list.After, .. tail], cancellation);
        target.Flush(flushToDisk: true);
    }
}
