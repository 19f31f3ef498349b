using Jpki.Domain.Rules;

namespace Jpki.Pki.Keys;

/// <summary>
/// 鍵の廃棄: ends a generation whose certificates have all expired. Its key is destroyed, in the file or in the token; certificate and notes
/// stay, so that old signatures can still be traced to it.
/// </summary>
public static class AuthorityRetirement
{
    /// <summary>
    /// The note that it is retired is written before the key is destroyed: cut off in between, the generation counts as retired, and the same
    /// call again destroys what is left.
    /// </summary>
    /// <param name="keyId">40 lower-case hexadecimal digits.</param>
    /// <param name="lastCertificateExpiredOn">
    /// The last day of the last certificate, as somebody who looked it up confirms; it must have passed. When absent, the authority's own
    /// certificate must have ended, because no certificate outlives it.
    /// </param>
    /// <returns><see cref="StoreListed"/> as it is then, or why not.</returns>
    public static StoreResult Retire(
        string folder, string passphrase, AuthoritySettings settings, TimeProvider clock, string keyId, DateOnly? lastCertificateExpiredOn = null)
    {
        var now = clock.GetUtcNow();
        var listed = AuthorityOverview.Of(folder, settings, now);
        if (listed is not StoreListed { Generations: var generations })
            return listed;
        if (generations.FirstOrDefault(each => each.KeyId == keyId) is not { } row)
            return new StoreRefused(StoreFailure.NoSuchKey, $"No generation in {folder} has the key {keyId}.");
        if (WhyNeeded(row, now, lastCertificateExpiredOn) is { } needed)
            return new StoreRefused(StoreFailure.StillNeeded, needed);

        // Whoever can't open the store does not destroy what is in it.
        var opened = AuthorityStore.Open(folder, passphrase, settings);
        if (opened is not StoreOpened { Authorities: var authorities })
            return opened;
        authorities.Dispose();
        return StoreGuard.Run(folder, settings, () =>
        {
            Destroy(GenerationFolder.Existing(folder)[row.Number - 1], row, passphrase, GenerationNotes.Retirement(now, lastCertificateExpiredOn));
            return AuthorityOverview.Of(folder, settings, now);
        });
    }

    private static string? WhyNeeded(GenerationRow row, DateTimeOffset now, DateOnly? lastCertificateExpiredOn) => row.State switch
    {
        GenerationState.Issues => "This generation issues certificates now; roll the authority first.",
        GenerationState.WillIssue => "This generation is to issue certificates yet.",
        GenerationState.Retired => null,
        _ when lastCertificateExpiredOn is { } day && day >= Jst.DayOf(now) => $"A certificate that is valid until {day:yyyy-MM-dd} has not expired.",
        _ when lastCertificateExpiredOn is { } day && day < Jst.DayOf(row.IssuesFrom) => $"On {day:yyyy-MM-dd} this generation had not begun to issue.",
        _ when lastCertificateExpiredOn is null && row.NotAfter >= now =>
            $"Certificates of this generation may be valid until {Jst.DayOf(row.NotAfter):yyyy-MM-dd}; say when the last one expired, once you know.",
        _ => null,
    };

    private static void Destroy(string generation, GenerationRow row, string passphrase, string note)
    {
        var retired = AuthorityFiles.RetiredPath(generation, row.Kind);
        if (!File.Exists(retired))
            GenerationFolder.Add(retired, note);
        if (AuthorityFiles.KeyOf(generation, row.Kind) is { } key)
            key.Store.Destroy(key.Path, passphrase);
    }
}
