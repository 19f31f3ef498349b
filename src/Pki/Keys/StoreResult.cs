namespace Jpki.Pki.Keys;

/// <summary>What opening or creating a store came to.</summary>
public abstract record StoreResult;

/// <param name="Authorities">Owned by the caller, who disposes them.</param>
public sealed record StoreOpened(Authorities Authorities) : StoreResult;

/// <param name="Generations">Oldest first.</param>
public sealed record StoreListed(IReadOnlyList<GenerationRow> Generations) : StoreResult;

/// <param name="Failure">For deciding.</param>
/// <param name="Explanation">For the operator; never holds the passphrase or key material.</param>
public sealed record StoreRefused(StoreFailure Failure, string Explanation) : StoreResult;

public enum StoreFailure
{
    /// <summary>No authority was ever created in this folder.</summary>
    Missing,

    /// <summary>There are authorities already; they are never overwritten.</summary>
    AlreadyThere,

    /// <summary>The key does not open with this passphrase (or its encrypted octets were altered, which looks the same).</summary>
    WrongPassphrase,

    /// <summary>Shorter than <see cref="AuthorityStore.ShortestPassphrase"/>.</summary>
    WeakPassphrase,

    /// <summary>Files are missing, unreadable as what they should be, or do not belong together.</summary>
    Damaged,

    /// <summary>The operating system does not let us read or write the folder.</summary>
    NotAccessible,

    /// <summary>The settings themselves must not be used.</summary>
    SettingsRefused,

    /// <summary>The settings name another issuer than the certificates in the store.</summary>
    SettingsDiffer,

    /// <summary>A token is not present, or does not do what it was asked.</summary>
    TokenUnavailable,

    /// <summary>The new generation would issue before now, or before one that is there already.</summary>
    BeginsTooEarly,

    /// <summary>There is no generation with that key.</summary>
    NoSuchKey,

    /// <summary>The generation still issues, or a certificate of it may still be valid: its key is needed.</summary>
    StillNeeded,
}

/// <summary>What to do when no authority was ever created.</summary>
public enum WhenMissing
{
    /// <summary>Say so and stop: in production a forgotten volume must not become a new authority.</summary>
    Fail,

    /// <summary>Create them: the first start of a development machine.</summary>
    Create,
}
