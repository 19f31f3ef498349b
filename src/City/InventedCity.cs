using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.City;

/// <summary>
/// 架空の市: residents, ages, cards, two certificates each, moves, losses, renewals over the plan's years, as events of the domain's own decider in
/// the order they happened. For benchmarks, demonstrations and reports; nobody in it exists.
/// </summary>
public sealed class InventedCity(CityPlan plan, IMint mint)
{
    /// <summary>How many events each life has, which a bulk load must know beforehand. Lives them without signing: what is decided never rests on a certificate's octets.</summary>
    public IEnumerable<(ResidentId Resident, long Events)> Lengths()
    {
        var unsigned = new Unsigned(mint);
        for (var n = 1; n <= plan.Residents; n++)
            yield return (plan.Resident(n), new Citizen(plan, n, unsigned).Live().LongCount());
    }

    /// <summary>All events of all lives by instant, each life's own in order. Lives are lived as far as they are read: memory is that of their states.</summary>
    public IEnumerable<Recorded> Events()
    {
        var queue = new PriorityQueue<IEnumerator<Recorded>, (DateTimeOffset At, int Number)>();
        for (var n = 1; n <= plan.Residents; n++)
            Enqueue(queue, new Citizen(plan, n, mint).Live().GetEnumerator(), n);
        while (queue.TryDequeue(out var life, out var next))
        {
            yield return life.Current;
            Enqueue(queue, life, next.Number);
        }
    }

    private static void Enqueue(PriorityQueue<IEnumerator<Recorded>, (DateTimeOffset, int)> queue, IEnumerator<Recorded> life, int number)
    {
        if (life.MoveNext())
            queue.Enqueue(life, (life.Current.Provenance.At, number));
        else
            life.Dispose();
    }

    private sealed class Unsigned(IMint mint) : IMint
    {
        public string AuthorityKeyId(CertificateKind kind, DateTimeOffset at) => mint.AuthorityKeyId(kind, at);

        public Octets SubjectKey(ulong any) => mint.SubjectKey(any);

        public CertifiedHolder Certify(FourAttributes attributes) => mint.Certify(attributes);

        // Not empty, and told apart by its serial number: all that the decider looks at.
        public Octets Sign(CertificateOrder order) => Octets.From(order.Serial.ToOctets());
    }
}
