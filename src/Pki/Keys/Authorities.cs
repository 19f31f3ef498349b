using Jpki.Domain;

namespace Jpki.Pki.Keys;

/// <summary>認証局: both authorities with all their generations. Owns the keys.</summary>
public sealed class Authorities : IDisposable
{
    private readonly Dictionary<string, Authority> byKeyId;

    /// <param name="generations">Oldest first; of each kind at least one that can sign.</param>
    /// <exception cref="ArgumentException">A kind has no generation that can sign, or two share a key.</exception>
    public Authorities(IReadOnlyList<Authority> generations)
    {
        if (Enum.GetValues<CertificateKind>().Except(generations.Where(each => each.CanSign).Select(each => each.Kind)).Any())
            throw new ArgumentException("Each kind of certificate needs an authority that can sign.", nameof(generations));
        All = generations;
        byKeyId = generations.ToDictionary(each => each.KeyId, StringComparer.Ordinal);
    }

    /// <summary>
    /// Oldest first, retired ones (<see cref="Authority.CanSign"/> is false) included. Lists and OCSP answers for a certificate are signed by the
    /// generation that issued it.
    /// </summary>
    public IReadOnlyList<Authority> All { get; }

    /// <summary>
    /// The generation that signs an order made at that instant: of those that have begun, the last to begin. Before the first began, the first,
    /// whose certificate then is not valid yet: such an order is refused.
    /// </summary>
    public Authority For(CertificateKind kind, DateTimeOffset at) =>
        Current([.. All.Where(each => each.Kind == kind && each.CanSign)], each => each.IssuesFrom, at);

    /// <summary>The generation an order or a certificate names; none when there is no such key here.</summary>
    /// <param name="keyId">40 lower-case hexadecimal digits.</param>
    public Authority? ByKeyId(string keyId) => byKeyId.GetValueOrDefault(keyId);

    public void Dispose()
    {
        foreach (var authority in All)
            authority.DisposeKey();
    }

    /// <param name="generations">Of one kind, oldest first, not empty.</param>
    internal static T Current<T>(IReadOnlyList<T> generations, Func<T, DateTimeOffset> issuesFrom, DateTimeOffset at) =>
        generations.Where(each => issuesFrom(each) <= at).OrderBy(issuesFrom).LastOrDefault() ?? generations[0];
}
