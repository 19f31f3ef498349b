using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;

namespace Jpki.City;

/// <summary>
/// 架空の市: residents, ages, cards, two certificates each, moves, losses, renewals over the plan's years, as events of the domain's own decider in
/// the order they happened. For benchmarks, demonstrations and reports; nobody in it exists.
/// </summary>
/// <param name="threads">How many live lives at once; what they live is the same with any number.</param>
public sealed class InventedCity(CityPlan plan, IMint mint, int threads)
{
    // Lives are independent of each other, so a window of all of them is lived in parallel and then put in order. A window's events are in memory.
    private const int WindowDays = 15;

    public InventedCity(CityPlan plan, IMint mint)
        : this(plan, mint, Environment.ProcessorCount)
    {
    }

    /// <summary>How many events each life has, which a bulk load must know beforehand. Lives them without signing: what is decided never rests on a certificate's octets.</summary>
    public IReadOnlyList<(ResidentId Resident, long Events)> Lengths()
    {
        var unsigned = new Unsigned(mint);
        var lengths = new (ResidentId, long)[plan.Residents];
        InParallel(n => lengths[n] = (plan.Resident(n + 1), new Citizen(plan, n + 1, unsigned).Live().LongCount()));
        return lengths;
    }

    /// <summary>
    /// All events of all lives by instant, each life's own in order. Lives are lived as far as they are read, a window ahead: memory is that of their
    /// states and of two windows.
    /// </summary>
    public IEnumerable<Recorded> Events()
    {
        var lives = new Life[plan.Residents];
        InParallel(n => lives[n] = new Life(new Citizen(plan, n + 1, mint).Live().GetEnumerator()));
        for (var next = Task.Run(() => Window(lives, plan.From)); next.Result is var (events, until, isLast);)
        {
            var following = isLast ? null : Task.Run(() => Window(lives, until));
            foreach (var recorded in events)
                yield return recorded;
            if (following is null)
                yield break;
            next = following;
        }
    }

    /// <summary>What happens in the days from one on, in order; the last window holds all that is left.</summary>
    private (IReadOnlyList<Recorded> Events, DateOnly Until, bool IsLast) Window(Life[] lives, DateOnly from)
    {
        var until = from.AddDays(WindowDays);
        var isLast = until > plan.Until;
        var before = isLast ? DateTimeOffset.MaxValue : Jst.StartOf(until);
        InParallel(n => lives[n].LiveUntil(before));
        List<(Recorded Recorded, int Number)> events = [];
        for (var n = 0; n < lives.Length; n++)
            events.AddRange(lives[n].TakeLived().Select(each => (each, n)));

        // A stable sort: two events of one life at one instant stay as they happened.
        return ([.. events.OrderBy(each => each.Recorded.Provenance.At).ThenBy(each => each.Number).Select(each => each.Recorded)], until, isLast);
    }

    private void InParallel(Action<int> live) =>
        Parallel.For(0, plan.Residents, new ParallelOptions { MaxDegreeOfParallelism = threads }, live);

    /// <summary>One life on its way; used by one thread at a time.</summary>
    private sealed class Life(IEnumerator<Recorded> events)
    {
        private readonly List<Recorded> lived = [];
        private bool goesOn = events.MoveNext();

        public void LiveUntil(DateTimeOffset before)
        {
            for (; goesOn && events.Current.Provenance.At < before; goesOn = events.MoveNext())
                lived.Add(events.Current);
        }

        public Recorded[] TakeLived()
        {
            Recorded[] taken = [.. lived];
            lived.Clear();
            return taken;
        }
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
