using Jpki.Domain;

namespace Jpki.Pki.Keys;

/// <summary>
/// 認証局の保管庫: a folder, readable by its owner only, that holds each generation of both authorities: certificate and encrypted key.
/// The keys exist in plain form in this process's memory and nowhere else.
/// </summary>
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

    public static StoreResult Open(string folder, string passphrase, AuthoritySettings settings) => Guarded(folder, settings, () =>
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
    public static StoreResult Create(string folder, string passphrase, AuthoritySettings settings, TimeProvider clock) =>
        Guarded(folder, settings, () => GenerationFolder.Existing(folder).Count > 0
            ? new StoreRefused(StoreFailure.AlreadyThere, $"There are authorities in {folder} already; they are not overwritten.")
            : Add(1, folder, passphrase, settings, clock, Enum.GetValues<CertificateKind>()));

    /// <summary>
    /// 鍵更新: gives some of the authorities a new key under the same name. Earlier generations stay, for revocation lists and OCSP.
    /// </summary>
    public static StoreResult AddGeneration(
        string folder, string passphrase, AuthoritySettings settings, TimeProvider clock, IReadOnlyCollection<CertificateKind> kinds)
    {
        // Opening first keeps all keys of a store under one passphrase and one name.
        var existing = Open(folder, passphrase, settings);
        if (existing is not StoreOpened opened)
            return existing;
        opened.Authorities.Dispose();
        var next = GenerationFolder.Existing(folder).Count + 1;
        return Guarded(folder, settings, () => Add(next, folder, passphrase, settings, clock, kinds));
    }

    /// <param name="number">
    /// Counted before the keys were made: whoever publishes it first has it, and nobody gets the one after it instead.
    /// </param>
    private static StoreResult Add(
        int number, string folder, string passphrase, AuthoritySettings settings, TimeProvider clock, IReadOnlyCollection<CertificateKind> kinds)
    {
        if (passphrase.Length < ShortestPassphrase)
            return new StoreRefused(StoreFailure.WeakPassphrase, $"The passphrase must have at least {ShortestPassphrase} characters.");
        var now = clock.GetUtcNow();
        var files = kinds.AsParallel().SelectMany(kind => AuthorityFiles.New(kind, passphrase, settings, now)).ToList();
        try
        {
            GenerationFolder.Publish(folder, number, files);
        }
        catch (IOException) when (GenerationFolder.Existing(folder).Count >= number)
        {
            return new StoreRefused(StoreFailure.AlreadyThere, $"Another process created generation {number} in {folder}.");
        }

        return Open(folder, passphrase, settings);
    }

    private static StoreResult Whole(string folder, IReadOnlyList<(Authority? Authority, StoreRefused? Refused)> loaded)
    {
        var authorities = loaded.Select(each => each.Authority).OfType<Authority>().ToList();
        var refused = loaded.Select(each => each.Refused).FirstOrDefault(each => each is not null);
        if (refused is null && authorities.Select(each => each.Kind).Distinct().Count() < Enum.GetValues<CertificateKind>().Length)
            refused = new(StoreFailure.Damaged, $"One of the two authorities in {folder} is missing.");
        if (refused is null && authorities.DistinctBy(each => each.KeyId).Count() < authorities.Count)
            refused = new(StoreFailure.Damaged, $"Two generations in {folder} hold the same key.");
        if (refused is null)
            return new StoreOpened(new Authorities(authorities));
        authorities.ForEach(each => each.Key.Dispose());
        return refused;
    }

    private static StoreResult Guarded(string folder, AuthoritySettings settings, Func<StoreResult> work)
    {
        if (settings.Problems() is { Count: > 0 } problems)
            return new StoreRefused(StoreFailure.SettingsRefused, string.Join(" ", problems));
        try
        {
            return work();
        }
        // The keys are opened side by side, and what fails there arrives wrapped.
        catch (AggregateException wrapped) when (wrapped.InnerExceptions.All(IsInaccessible))
        {
            return new StoreRefused(StoreFailure.NotAccessible, $"{folder}: {wrapped.InnerExceptions[0].Message}");
        }
        catch (Exception inaccessible) when (IsInaccessible(inaccessible))
        {
            return new StoreRefused(StoreFailure.NotAccessible, $"{folder}: {inaccessible.Message}");
        }
    }

    private static bool IsInaccessible(Exception exception) => exception is IOException or UnauthorizedAccessException;
}
