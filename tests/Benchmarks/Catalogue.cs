using Jpki.Benchmarks.Certificates;
using Jpki.Benchmarks.Harness;
using Jpki.Pki.Keys;

namespace Jpki.Benchmarks;

/// <summary>All measures, in the order in which they are taken.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Measure> All { get; } =
    [
        new CertificatesSigned(KeyAlgorithm.Rsa2048Sha256),
        new CertificatesSigned(KeyAlgorithm.EcdsaP384Sha384),
    ];

    /// <param name="words">None chooses all; otherwise a measure's name contains one of them.</param>
    public static IReadOnlyList<Measure> Choose(IReadOnlyCollection<string> words) =>
        [.. All.Where(measure => words.Count == 0 || words.Any(word => measure.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))];
}
