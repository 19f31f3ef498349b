namespace Jpki.Silo.Tools.Ceremonies;

/// <summary>立会者: the two officers who hold a ceremony, and the store's secret they brought.</summary>
/// <param name="First">Name.</param>
/// <param name="InTwoParts">False when one passphrase opens the store (a small installation).</param>
internal sealed record Officers(string First, string Second, string Secret, bool InTwoParts)
{
    // The compiler's version would print the secret.
    public override string ToString() => $"{First}, {Second}";
}
