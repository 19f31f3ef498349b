namespace Jpki.City;

/// <summary>
/// さいころ: numbers that follow from a seed alone, on every machine and runtime for ever, which <see cref="Random"/> does not promise
/// (SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
/// </summary>
public sealed class Dice(ulong seed)
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private ulong state = seed;

    /// <summary>Dice of its own for the n-th thing, independent of how often any others were thrown.</summary>
    public static Dice For(ulong seed, int n) => new(new Dice(seed ^ ((ulong)n * GoldenGamma)).Next());

    public ulong Next()
    {
        var z = state += GoldenGamma;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>0 inclusive to <paramref name="end"/> exclusive; the bias of the division is far below what anybody counts here.</summary>
    public int Below(int end) => (int)(Next() % (ulong)end);

    /// <param name="last">Inclusive.</param>
    public int Between(int first, int last) => first + Below(last - first + 1);

    /// <param name="of">One in how many.</param>
    public bool OneIn(int of) => Below(of) == 0;

    /// <param name="percent">0 never, 100 always.</param>
    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    public byte[] Octets(int count)
    {
        var octets = new byte[count];
        for (var i = 0; i < count; i++)
            octets[i] = (byte)Next();
        return octets;
    }
}
