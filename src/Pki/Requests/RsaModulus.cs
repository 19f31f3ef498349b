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

    // The fingerprint's primes (Nemec et al., "The Return of Coppersmith's Attack", CCS 2017).
    private const int LargestFingerprintPrime = 167;
    private const int Generator = 65537;

    private static readonly int[] Primes = [.. Enumerable.Range(3, LargestTrialDivisor - 2).Where(IsPrime)];

    // Per prime: which residues are powers of 65537.
    private static readonly (int Prime, HashSet<int> Powers)[] Fingerprint =
        [.. Primes.Where(prime => prime <= LargestFingerprintPrime).Select(prime => (prime, PowersModulo(prime)))];

    private static readonly HashSet<int> ResiduesOfSquares = [.. Enumerable.Range(0, 64).Select(n => n * n % 64)];

    public static bool IsSound(BigInteger modulus) =>
        !modulus.IsEven && !HasSmallFactor(modulus) && !HasCloseFactors(modulus) && !IsFromInfineonGenerator(modulus);

    private static bool IsPrime(int n) => Enumerable.Range(2, (int)Math.Sqrt(n) - 1).All(divisor => n % divisor != 0);

    private static bool HasSmallFactor(BigInteger modulus) => Primes.Any(prime => (modulus % prime).IsZero);

    /// <summary>Fermat's method finds two factors that lie close together: modulus = a² − b² with a just above the root.</summary>
    private static bool HasCloseFactors(BigInteger modulus)
    {
        var root = SquareRoot(modulus);
        var a = root * root == modulus ? root : root + 1;
        for (var round = 0; round < FermatRounds; round++, a++)
        {
            var square = (a * a) - modulus;
            // Squares leave 12 of the 64 residues modulo 64: most rounds end here, without a root.
            if (!ResiduesOfSquares.Contains((int)(square & 63)))
                continue;
            var b = SquareRoot(square);
            if (b * b == square)
                return true;
        }

        return false;
    }

    /// <summary>ROCA (CVE-2017-15361): smart-card chips whose primes are powers of 65537 modulo many small primes at once.</summary>
    private static bool IsFromInfineonGenerator(BigInteger modulus) =>
        Fingerprint.All(each => each.Powers.Contains((int)(modulus % each.Prime)));

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
        var x = BigInteger.One << (int)((n.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (x + (n / x)) >> 1;
            if (next >= x)
                return x;
            x = next;
        }
    }
}
