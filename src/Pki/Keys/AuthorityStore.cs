using Jpki.Domain;

namespace Jpki.Pki.Keys;

/// <summary>
/// 認証局の保管庫: a folder, readable by its owner only, that holds each generation of both authorities: certificate, and encrypted key or the
/// place of the key in a token. Keys of files exist in plain form in this process's memory and nowhere else; those of tokens nowhere at all.
/// </summary>
/// <remarks>
/// All keys of a store open with one secret, called passphrase here: one somebody chose, or the one of two halves (<see cref="SharedSecret"/>).
/// </remarks>
public static class AuthorityStore
{
    /// <summary>Characters. A passphrase is made by a machine and kept in a secret store, so length costs nobody anything.</summary>
    public const int ShortestPassphrase = 12;

    /// <summary>Opens what is there; what happens when nothing is, the caller has decided.</summary>
    public static StoreResult OpenOr(WhenMissing whenMissing, string folder, string passphrase, AuthoritySettings settings, TimeProvider clock)
    {
        var opened = Open(folder, passphrase, settings);
        if (whenMissing == WhenMissing.Fail || opened is not StoreRefused { Failure: StoreFailure.Missing })
            return opened;
        var created = Create(folder, passphrase, settings, clock);
        // Two processes started at once: the other one was first, and its authorities are the ones.
        return created is StoreRefused { Failure: StoreFailure.AlreadyThere } ? Open(folder, passphrase, settings) : created;
    }

    public static StoreResult Open(string folder, string passphrase, AuthoritySettings settings) => StoreGuard.Run(folder, settings, () =>
    {
        var generations = GenerationFolder.Existing(folder);
        if (generations.Count == 0)
            return new StoreRefused(StoreFailure.Missing, $"There is no authority in {folder}.");

        var loaded = generations
            .SelectMany(generation => Enum.GetValues<CertificateKind>().Select(kind => (generation, kind)))
            .Where(each => AuthorityFiles.AnyIn(each.generation, each.kind))
            .AsParallel().AsOrdered()
            .Select(each => AuthorityFiles.Load(each.generation, each.kind, passphrase, settings))
            .ToList();
        return Whole(folder, loaded);
    });

    /// <summary>Makes the first generation of both authorities and opens it.</summary>
    /// <param name="place">When absent, encrypted files.</param>
    public static StoreResult Create(string folder, string passphrase, AuthoritySettings settings, TimeProvider clock, KeyPlace? place = null) =>
        StoreGuard.Run(folder, settings, () => GenerationFolder.Existing(folder).Count > 0
            ? new StoreRefused(StoreFailure.AlreadyThere, $"There are authorities in {folder} already; they are not overwritten.")
            : Add(1, folder, passphrase, settings, new(Enum.GetValues<CertificateKind>(), clock.GetUtcNow(), null, place ?? new KeyPlace.EncryptedFile())));

    /// <summary>
    /// 鍵更新: gives some of the authorities a new key under the same name. Earlier generations stay, for revocation lists and OCSP.
    /// </summary>
    /// <param name="issuesFrom">
    /// From when on the new keys sign orders, inclusive; when absent, at once. Not before now, nor before a generation that is there already.
    /// </param>
    /// <param name="place">When absent, encrypted files, wherever the earlier keys are.</param>
    public static StoreResult AddGeneration(
        string folder,
        string passphrase,
        AuthoritySettings settings,
        TimeProvider clock,
        IReadOnlyCollection<CertificateKind> kinds,
        DateTimeOffset? issuesFrom = null,
        KeyPlace? place = null)
    {
        // Opening first keeps all keys of a store under one passphrase and one name.
        var existing = Open(folder, passphrase, settings);
        if (existing is not StoreOpened opened)
            return existing;
        using var authorities = opened.Authorities;
        var now = clock.GetUtcNow();
        var begins = issuesFrom ?? now;
        if (begins < now || authorities.All.Any(each => kinds.Contains(each.Kind) && each.IssuesFrom > begins))
            return new StoreRefused(StoreFailure.BeginsTooEarly, "The new generation would issue before now, or before one that is there already.");
        var next = GenerationFolder.Existing(folder).Count + 1;
        return StoreGuard.Run(folder, settings, () => Add(next, folder, passphrase, settings, new(kinds, now, issuesFrom, place ?? new KeyPlace.EncryptedFile())));
    }

    /// <summary>Gives a token the store's secret as its user PIN, in place of the one it was initialised with.</summary>
    /// <returns>Null when it is done.</returns>
    public static StoreRefused? TakeOver(KeyPlace.Token token, string initialPin, string passphrase)
    {
        try
        {
            Pkcs11.TokenKeyStore.ChangePin(token, initialPin, passphrase);
            return null;
        }
        catch (KeyUnavailableException refused)
        {
            return new(refused.Failure, refused.Message);
        }
    }

    /// <summary>Keeps a ceremony's record in the store's <c>records</c> folder, readable by the owner only.</summary>
    /// <returns>The file.</returns>
    /// <exception cref="IOException">It can't be written, or there is one of that name: a record is never overwritten.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static string KeepRecord(string folder, string name, string text)
    {
        var file = Path.Combine(folder, "records", name);
        GenerationFolder.Add(file, text);
        return file;
    }

    /// <param name="number">
    /// Counted before the keys were made: whoever publishes it first has it, and nobody gets the one after it instead.
    /// </param>
    private static StoreResult Add(int number, string folder, string passphrase, AuthoritySettings settings, NewGeneration wanted)
    {
        if (passphrase.Length < ShortestPassphrase)
            return new StoreRefused(StoreFailure.WeakPassphrase, $"The passphrase must have at least {ShortestPassphrase} characters.");
        var made = new List<NewAuthority>();
        try
        {
            foreach (var kind in wanted.Kinds)
                made.Add(AuthorityFiles.New(kind, wanted.Place, passphrase, settings, wanted.ValidFrom));
            (string, string)[] begin = wanted.IssuesFrom is { } from ? [(GenerationNotes.BeginName, GenerationNotes.Begin(from))] : [];
            GenerationFolder.Publish(folder, number, [.. made.SelectMany(each => each.Files), .. begin]);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or KeyUnavailableException)
        {
            // Nobody will ever find these keys: they must not stay in the token.
            made.ForEach(each => each.Discard());
            if (failed is IOException && GenerationFolder.Existing(folder).Count >= number)
                return new StoreRefused(StoreFailure.AlreadyThere, $"Another process created generation {number} in {folder}.");
            throw;
        }

        return Open(folder, passphrase, settings);
    }

    private static StoreResult Whole(string folder, IReadOnlyList<(Authority? Authority, StoreRefused? Refused)> loaded)
    {
        var authorities = loaded.Select(each => each.Authority).OfType<Authority>().ToList();
        var refused = loaded.Select(each => each.Refused).FirstOrDefault(each => each is not null);
        if (refused is null && authorities.Where(each => each.CanSign).Select(each => each.Kind).Distinct().Count() < Enum.GetValues<CertificateKind>().Length)
            refused = new(StoreFailure.Damaged, $"One of the two authorities in {folder} is missing.");
        if (refused is null && authorities.DistinctBy(each => each.KeyId).Count() < authorities.Count)
            refused = new(StoreFailure.Damaged, $"Two generations in {folder} hold the same key.");
        if (refused is null)
            return new StoreOpened(new Authorities(authorities));
        authorities.ForEach(each => each.DisposeKey());
        return refused;
    }

    /// <param name="IssuesFrom">Null: from <paramref name="ValidFrom"/> on.</param>
    private sealed record NewGeneration(
        IReadOnlyCollection<CertificateKind> Kinds, DateTimeOffset ValidFrom, DateTimeOffset? IssuesFrom, KeyPlace Place);
}
