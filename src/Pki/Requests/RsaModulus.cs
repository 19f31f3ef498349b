using System.Numerics;

namespace Jpki.Pki.Requests;

/// <summary>
/// 鍵の健全性: catches moduli that broken or hostile key generators make. It cannot show that a modulus is good (nobody can, without its
/// factors), only that it is not one of the known bad kinds (NIST SP 800-89 5.3.3; CA/Browser Forum BR 6.1.1.3).
/// </summary>
internal static class RsaModulus
{
    private const int LargestTrialDivisor = 751;
    private const int FermatRounds = 100;

    // Fewer than a double has, so that what is cut off never makes the first estimate too small.
    private const int ExactBits = 50;

    // The fingerprint's primes (Nemec et al., "The Return of Coppersmith's Attack", CCS 2017).
    private const int LargestFingerprintPrime = 167;
    private const int Generator = 65537;

    private static readonly int[] Primes = [.. Enumerable.Range(3, LargestTrialDivisor - 2).Where(IsPrime)];

    // Per prime: which residues are powers of 65537.
    private static readonly (int Prime, HashSet<int> Powers)[] Fingerprint =
        [.. Primes.Where(prime => prime <= LargestFingerprintPrime).Select(prime => (prime, PowersModulo(prime)))];

    private static readonly BigInteger AllPrimes = Primes.Aggregate(BigInteger.One, (product, prime) => product * prime);

    // Per modulus: which residues squares leave. Of what is no square one in three thousand passes them all.
    private static readonly bool[][] Squares = [.. new[] { 64, 63, 65, 11, 17, 19, 23, 31 }.Select(ResiduesOfSquares)];

    public static bool IsSound(BigInteger modulus) =>
        !modulus.IsEven && !HasSmallFactor(modulus) && !HasCloseFactors(modulus) && !IsFromInfineonGenerator(modulus);

    private static bool IsPrime(int n) => Enumerable.Range(2, (int)Math.Sqrt(n) - 1).All(divisor => n % divisor != 0);

    private static bool HasSmallFactor(BigInteger modulus) => !BigInteger.GreatestCommonDivisor(modulus % AllPrimes, AllPrimes).IsOne;

    /// <summary>Fermat's method finds two factors that lie close together: modulus = a² − b² with a just above the root.</summary>
    private static bool HasCloseFactors(BigInteger modulus)
    {
        var root = SquareRoot(modulus);
        var first = root * root == modulus ? root : root + 1;
        var rest = (first * first) - modulus;
        var sieve = Array.ConvertAll(Squares, squares => new Residues(squares, (int)(first % squares.Length), (int)(rest % squares.Length)));
        for (var round = 0; round < FermatRounds; round++)
        {
            if (Array.TrueForAll(sieve, each => each.MayBeSquare) && IsSquare(BigInteger.Pow(first + round, 2) - modulus))
                return true;
            foreach (var each in sieve)
                each.Next();
        }

        return false;
    }

    private static bool IsSquare(BigInteger n) => SquareRoot(n) is var root && root * root == n;

    /// <summary>ROCA (CVE-2017-15361): smart-card chips whose primes are powers of 65537 modulo many small primes at once.</summary>
    private static bool IsFromInfineonGenerator(BigInteger modulus) =>
        Fingerprint.All(each => each.Powers.Contains((int)(modulus % each.Prime)));

    private static bool[] ResiduesOfSquares(int modulus)
    {
        var isSquare = new bool[modulus];
        for (var n = 0; n < modulus; n++)
            isSquare[n * n % modulus] = true;
        return isSquare;
    }

    private static HashSet<int> PowersModulo(int prime)
    {
        var powers = new HashSet<int>();
        for (var power = 1; powers.Add(power); power = power * (Generator % prime) % prime)
        {
        }

        return powers;
    }

    /// <summary>Floor of the square root, by Newton from above.</summary>
    private static BigInteger SquareRoot(BigInteger n)
    {
        if (n.IsZero)
            return n;
        // The first 50 bits are the processor's: each step doubles what is right.
        var shift = Math.Max(0, ((int)n.GetBitLength() - ExactBits) / 2);
        var x = (BigInteger)Math.Ceiling(Math.Sqrt((double)(n >> (2 * shift)) + 1)) << shift;
        while (true)
        {
            var next = (x + (n / x)) >> 1;
            if (next >= x)
                return x;
            x = next;
        }
    }

    /// <summary>What a² − modulus leaves by a small number, for one a after the other: with additions of small numbers only.</summary>
    private sealed class Residues(bool[] squares, int a, int rest)
    {
        private int _a = a;
        private int _rest = rest;

        public bool MayBeSquare => squares[_rest];

        /// <summary>(a + 1)² = a² + 2a + 1.</summary>
        public void Next()
        {
            _rest = (_rest + (2 * _a) + 1) % squares.Length;
            _a = (_a + 1) % squares.Length;
        }
    }
}
