using Jpki.Domain;

namespace Jpki.Ledger;

/// <summary>失効リストの種類</summary>
public enum ListKind
{
    /// <summary>All that is revoked or on hold.</summary>
    Full,

    /// <summary>差分: what changed since the last full list (RFC 5280 5.2.4).</summary>
    Delta,
}

/// <summary>A list that was published.</summary>
/// <param name="Number">CRL number (RFC 5280 5.2.3), of full and delta lists of the scope together, strictly increasing.</param>
/// <param name="BaseNumber">The full list that a delta adds to; none for a full list.</param>
/// <param name="Sha256">Of the DER, lower-case hexadecimal.</param>
/// <param name="Length">Octets of the DER.</param>
public sealed record PublishedList(
    RevocationListScope Scope,
    ListKind Kind,
    long Number,
    long? BaseNumber,
    DateTimeOffset ThisUpdate,
    DateTimeOffset NextUpdate,
    string Sha256,
    long Length);

/// <summary>What is known as it is decided whether a list is due.</summary>
/// <param name="LastFull">None before the first.</param>
/// <param name="Last">The last list of either kind; none before the first.</param>
/// <param name="Changed">Whether a list made now would say other than the last one did; true before the first.</param>
public sealed record ListState(PublishedList? LastFull, PublishedList? Last, bool Changed);

/// <summary>A list to be built, as of one instant.</summary>
/// <param name="Kind">Full also where a delta was asked for and there is no full list that it could add to.</param>
/// <param name="Entries">By serial number. May be walked through more than once, but not twice at a time, and only until the build returns.</param>
public sealed record ListDraft(
    RevocationListScope Scope, ListKind Kind, long Number, long? BaseNumber, IAsyncEnumerable<RevocationEntry> Entries);

/// <summary>A list that was built and signed.</summary>
/// <param name="Path">Of the DER file. It is the builder's, who may delete it when the list is published.</param>
/// <param name="Sha256">Of its octets, lower-case hexadecimal.</param>
public sealed record BuiltList(string Path, DateTimeOffset ThisUpdate, DateTimeOffset NextUpdate, string Sha256);
