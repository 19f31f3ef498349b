using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Domain.Rules;

namespace Jpki.Pki.Keys;

/// <summary>What a generation does.</summary>
public enum GenerationState
{
    /// <summary>Its beginning lies ahead; silos know its key already.</summary>
    WillIssue,

    /// <summary>Signs new orders, lists and OCSP answers.</summary>
    Issues,

    /// <summary>Signs lists and OCSP answers for the certificates it issued, and nothing new.</summary>
    ListsOnly,

    /// <summary>Signs nothing: its key is destroyed.</summary>
    Retired,
}

/// <summary>認証局の一覧の行: one generation of one authority, told without opening its key.</summary>
/// <param name="Number">Of its folder.</param>
/// <param name="KeyId">40 lower-case hexadecimal digits.</param>
/// <param name="Place">Where the key is, for the operator; empty when it is destroyed.</param>
/// <param name="NotAfter">Inclusive.</param>
/// <param name="FullLengthUntil">
/// The last day, inclusive, on which every certificate, however long it is to live, still ends before this authority does. Later ones may be
/// refused: a certificate is never cut short to fit.
/// </param>
/// <param name="Files">Name and SHA-256 of each file of it, in the store's folder.</param>
public sealed record GenerationRow(
    int Number,
    CertificateKind Kind,
    string KeyId,
    KeyAlgorithm Algorithm,
    string Place,
    DateTimeOffset NotBefore,
    DateTimeOffset IssuesFrom,
    DateTimeOffset NotAfter,
    DateOnly FullLengthUntil,
    GenerationState State,
    Octets Certificate,
    IReadOnlyList<(string Name, string Sha256)> Files)
{
    /// <summary>鍵更新の時期: less than a year remains until <see cref="FullLengthUntil"/>, and time to prepare a ceremony is needed.</summary>
    public bool IsTimeToRoll(DateTimeOffset at) => State == GenerationState.Issues && FullLengthUntil.AddYears(-1) < Jst.DayOf(at);
}

/// <summary>認証局の一覧: the generations of a store, read from certificates and notes alone. No passphrase is needed, and no token.</summary>
public static class AuthorityOverview
{
    /// <returns><see cref="StoreListed"/> or <see cref="StoreRefused"/>.</returns>
    public static StoreResult Of(string folder, AuthoritySettings settings, DateTimeOffset at) => StoreGuard.Run(folder, settings, () =>
    {
        var rows = new List<GenerationRow>();
        foreach (var generation in GenerationFolder.Existing(folder))
        {
            foreach (var kind in Enum.GetValues<CertificateKind>().Where(each => AuthorityFiles.AnyIn(generation, each)))
            {
                var (certificate, facts, refused) = AuthorityFiles.Certificate(generation, kind, settings);
                if (certificate is null || facts is null)
                    return refused!;
                rows.Add(Row(generation, new Authority(kind, certificate, key: null, GenerationNotes.IssuesFrom(generation)), facts.Algorithm));
            }
        }

        return rows.Count == 0
            ? new StoreRefused(StoreFailure.Missing, $"There is no authority in {folder}.")
            : new StoreListed([.. rows.Select(row => row with { State = StateOf(row, rows, at) })]);
    });

    private static GenerationRow Row(string generation, Authority authority, KeyAlgorithm algorithm)
    {
        var retired = File.Exists(AuthorityFiles.RetiredPath(generation, authority.Kind));
        return new(
            int.Parse(Path.GetFileName(generation), System.Globalization.CultureInfo.InvariantCulture),
            authority.Kind,
            authority.KeyId,
            algorithm,
            AuthorityFiles.KeyOf(generation, authority.Kind) is { } key ? key.Store.Describe(File.ReadAllText(key.Path)) : "",
            authority.NotBefore,
            authority.IssuesFrom,
            authority.NotAfter,
            FullLengthUntil(authority.NotAfter),
            retired ? GenerationState.Retired : GenerationState.ListsOnly,
            authority.Certificate,
            [.. Directory.EnumerateFiles(generation).Order(StringComparer.Ordinal).Where(file => IsOf(file, authority.Kind)).Select(Hashed)]);
    }

    private static GenerationState StateOf(GenerationRow row, IEnumerable<GenerationRow> all, DateTimeOffset at)
    {
        if (row.State == GenerationState.Retired)
            return GenerationState.Retired;
        var rivals = all.Where(each => each.Kind == row.Kind && each.State != GenerationState.Retired).ToList();
        if (Authorities.Current(rivals, each => each.IssuesFrom, at) == row)
            return GenerationState.Issues;
        return row.IssuesFrom > at ? GenerationState.WillIssue : GenerationState.ListsOnly;
    }

    // The last whole day of the authority, the longest life before it, and a day for certificates of those born on 29 February.
    private static DateOnly FullLengthUntil(DateTimeOffset notAfter) =>
        Jst.DayOf(notAfter).AddDays(-1).AddYears(-Validity.LongestYears).AddDays(-1);

    private static bool IsOf(string file, CertificateKind kind) =>
        Path.GetFileName(file) is var name && (name == GenerationNotes.BeginName || name.StartsWith(kind.PathName() + ".", StringComparison.Ordinal));

    private static (string Name, string Sha256) Hashed(string file) => (
        $"{Path.GetFileName(Path.GetDirectoryName(file))}/{Path.GetFileName(file)}",
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
}
