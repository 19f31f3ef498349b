using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Journal;

/// <summary>日誌の場所: whose journal: an office's, or that of those who act for a municipality from no office of it.</summary>
/// <param name="Municipality">One served here: its tree proves the entry.</param>
/// <param name="Office">None for call centre, auditors, administrators and the back office itself.</param>
public sealed record JournalPlace(MunicipalityCode Municipality, OfficeCode? Office);

/// <summary>日誌の記録: an entry as it stands in the ledger.</summary>
/// <param name="Sequence">Place in the ledger's one sequence.</param>
/// <param name="Stream">Key of the stream it stands in.</param>
/// <param name="Version">Place in that stream, from 1 without gaps.</param>
/// <param name="Provenance">Who, where and when; the command attempted and its id, or for a reading the entry's own.</param>
public sealed record Journalled(long Sequence, string Stream, long Version, JournalEvent Entry, Provenance Provenance);

/// <summary>日誌の検索: which entries, in the order of the ledger's sequence.</summary>
/// <param name="Municipality">Whose.</param>
/// <param name="Office">None for all of the municipality's journals.</param>
/// <param name="From">First day (JST), inclusive.</param>
/// <param name="Until">Last day (JST), inclusive.</param>
/// <param name="Kind">Stored name of the only type wanted; none for all.</param>
/// <param name="After">Only entries after this place in the sequence; 0 for all.</param>
/// <param name="Most">No more than so many; none for all.</param>
public sealed record JournalQuery(
    MunicipalityCode Municipality, OfficeCode? Office, DateOnly From, DateOnly Until, string? Kind = null, long After = 0, int? Most = null);
