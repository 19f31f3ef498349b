using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Jpki.Domain.Identifiers;
using Jpki.Pki.Ocsp;

namespace Jpki.Silo.Revocation;

/// <summary>
/// 署名済み応答: finished answers to questions about one certificate without a nonce, for as long as the register is known not to have changed.
/// Safe for concurrent use; reading takes no lock.
/// </summary>
/// <remarks>
/// An answer is made from a look into the register, and the register may change between the look and the keeping. Whoever makes one takes a
/// ticket before the look; each round of changes voids all tickets. So an answer is either kept before its change is told of, and dropped by
/// it, or comes after and is not kept.
/// </remarks>
/// <param name="time">Of the machinery: how long ago the register was heard of.</param>
/// <param name="capacity">Certificates on each of two shelves: the newer fills, becomes the older, and what nobody asked for meanwhile goes.</param>
public sealed class PresignedAnswers(TimeProvider time, int capacity = PresignedAnswers.UsualCapacity)
{
    /// <summary>Two shelves of them take about 64 MB.</summary>
    public const int UsualCapacity = 16_384;

    /// <summary>Without news of the register for this long, nothing kept is given out: the promise is that a revocation shows within a second.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private volatile ConcurrentDictionary<SerialNumber, Kept[]> newer = new();
    private volatile ConcurrentDictionary<SerialNumber, Kept[]> older = new();
    private int placed;
    private long ticket;
    private long heardAt = long.MinValue;

    /// <summary>Taken before the register is asked; see <see cref="Keep"/>.</summary>
    public long Ticket => Volatile.Read(ref ticket);

    /// <summary>Of <see cref="TimeProvider.GetTimestamp"/>: to be noted before the register is asked for its changes.</summary>
    public long Now => time.GetTimestamp();

    /// <param name="now">The civil instant; an answer past half of its life is made anew.</param>
    public bool TryFind(OcspCertificateId certificate, DateTimeOffset now, [NotNullWhen(true)] out OcspReply? reply)
    {
        reply = null;
        if (certificate.Serial is not { } serial || !IsFresh())
            return false;
        if (!newer.TryGetValue(serial, out var variants) && !TryFindOlder(serial, out variants))
            return false;

        foreach (var kept in variants)
        {
            if (kept.Answer.ThisUpdate <= now && now < kept.RenewFrom && kept.CertificateId.AsSpan().SequenceEqual(certificate.Encoded.Span))
                reply = kept.Reply;
        }

        return reply is not null;
    }

    /// <summary>Keeps an answer, unless the register has told of any change since the ticket was taken.</summary>
    public void Keep(long takenTicket, OcspCertificateId certificate, OcspSigned answer, OcspReply reply)
    {
        if (certificate.Serial is not { } serial)
            return;
        var kept = new Kept(certificate.Encoded.ToArray(), answer, reply);
        lock (gate)
        {
            if (takenTicket != ticket)
                return;
            // Four hashes, each with and without parameters, name one certificate: that many variants at most.
            var others = newer.GetValueOrDefault(serial) ?? older.GetValueOrDefault(serial) ?? [];
            Place(serial, [kept, .. others.Where(each => !each.CertificateId.AsSpan().SequenceEqual(kept.CertificateId))]);
        }
    }

    /// <summary>These may have changed by <paramref name="askedAt"/>; nothing else has.</summary>
    /// <param name="askedAt">A <see cref="Now"/> from before the register was asked.</param>
    public void Drop(IReadOnlyCollection<SerialNumber> changed, long askedAt)
    {
        lock (gate)
        {
            if (changed.Count > 0)
                Volatile.Write(ref ticket, ticket + 1);
            foreach (var serial in changed)
            {
                newer.TryRemove(serial, out _);
                older.TryRemove(serial, out _);
            }

            Volatile.Write(ref heardAt, askedAt);
        }
    }

    /// <summary>Anything may have changed by <paramref name="askedAt"/>.</summary>
    public void DropAll(long askedAt)
    {
        lock (gate)
        {
            Volatile.Write(ref ticket, ticket + 1);
            (newer, older, placed) = (new(), new(), 0);
            Volatile.Write(ref heardAt, askedAt);
        }
    }

    private bool IsFresh()
    {
        var heard = Volatile.Read(ref heardAt);
        return heard != long.MinValue && time.GetElapsedTime(heard) <= LongestSilence;
    }

    private bool TryFindOlder(SerialNumber serial, [NotNullWhen(true)] out Kept[]? variants)
    {
        if (!older.TryGetValue(serial, out variants))
            return false;
        lock (gate)
        {
            // Again, under the lock: it may have been dropped meanwhile, and must not come back.
            if (older.TryGetValue(serial, out variants))
                Place(serial, variants);
        }

        return variants is not null;
    }

    private void Place(SerialNumber serial, Kept[] variants)
    {
        older.TryRemove(serial, out _);
        newer[serial] = variants;
        if (++placed < capacity)
            return;
        (older, newer, placed) = (newer, new(), 0);
    }

    private sealed record Kept(byte[] CertificateId, OcspSigned Answer, OcspReply Reply)
    {
        public DateTimeOffset RenewFrom { get; } = Answer.ThisUpdate + ((Answer.NextUpdate - Answer.ThisUpdate) / 2);
    }
}
