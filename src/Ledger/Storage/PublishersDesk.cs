using System.Security.Cryptography;
using Jpki.Domain;
using Npgsql;

namespace Jpki.Ledger.Storage;

/// <summary>What a publisher sees and writes within the one transaction of a list.</summary>
internal sealed class PublishersDesk
{
    /// <summary>
    /// Added to the number when the last known list is of another incarnation: a restored backup has lost the lists published after it was taken,
    /// and their numbers must not come again (RFC 5280 5.2.3). More than any scope publishes in its life.
    /// </summary>
    private const long GapAfterRestore = 1_000_000;

    private readonly NpgsqlConnection _connection;
    private readonly RevocationListScope _scope;
    private readonly Moment _now;
    private readonly StoredList? _lastFull;
    private readonly StoredList? _last;

    private PublishersDesk(NpgsqlConnection connection, RevocationListScope scope, Moment now, StoredList? lastFull, StoredList? last, bool changed)
    {
        (_connection, _scope, _now, _lastFull, _last) = (connection, scope, now, lastFull, last);
        State = new(lastFull?.List, last?.List, changed);
    }

    public ListState State { get; }

    private object?[] Scope => [_scope.AuthorityKeyId, _scope.Municipality.Value];

    /// <param name="connection">In a repeatable read that nothing has been read in yet.</param>
    public static async Task<PublishersDesk> OpenAsync(NpgsqlConnection connection, RevocationListScope scope, CancellationToken cancellation)
    {
        var now = Moment.Parse(await connection
            .Statement($"select concat({Moment.IncarnationSql}, '{Moment.Separator}', {Moment.SnapshotSql})").ScalarAsync<string>(cancellation));
        var lastFull = await StoredList.LastAsync(connection, scope, ListKind.Full, cancellation);
        var last = await StoredList.LastAsync(connection, scope, null, cancellation);
        var changed = last is null || last.Moment.Incarnation != now.Incarnation || await HasChangedAsync(connection, scope, last, cancellation);
        return new(connection, scope, now, lastFull, last, changed);
    }

    public ListDraft Draft(ListKind wanted)
    {
        var number = _last switch
        {
            null => 1,
            { Moment.Incarnation: var known, List.Number: var last } => last + 1 + (known == _now.Incarnation ? 0 : GapAfterRestore),
        };
        return wanted == ListKind.Delta && _lastFull is { } basis && basis.Moment.Incarnation == _now.Incarnation
            ? new(_scope, ListKind.Delta, number, basis.List.Number, DeltaEntries(basis))
            : new(_scope, ListKind.Full, number, null, FullEntries());
    }

    /// <summary>Stores the list with its octets, lets those of old ones go, and tells the journal.</summary>
    public async Task<PublishedList> StoreAsync(ListDraft draft, BuiltList built, DateTimeOffset now, CancellationToken cancellation)
    {
        var length = await CopyInAsync(draft.Number, built, cancellation);
        var list = new PublishedList(
            _scope, draft.Kind, draft.Number, draft.BaseNumber, built.ThisUpdate, built.NextUpdate, built.Sha256, length);
        await new StoredList(list, _now).InsertAsync(_connection, cancellation);
        await DropOldOctetsAsync(cancellation);
        await AuthorityJournal.InsertAsync(
            text => new(text, _connection), AuthorityJournal.ListPublished, _scope.AuthorityKeyId, now,
            new { _scope.Municipality, list.Kind, list.Number, list.BaseNumber, list.ThisUpdate, list.NextUpdate, list.Sha256, list.Length }, cancellation);
        return list;
    }

    // What ended before the last full list was made stood on that one; an entry stays for one list beyond its certificate (RFC 5280 3.3).
    private IAsyncEnumerable<RevocationEntry> FullEntries() => Entries(
        $"status <> {CertificateRow.Good} and not_after >= $3", _lastFull?.List.ThisUpdate.ToUniversalTime() ?? DateTimeOffset.MinValue);

    private IAsyncEnumerable<RevocationEntry> DeltaEntries(StoredList basis) => Entries(Told("$3"), basis.Moment.Snapshot);

    private IAsyncEnumerable<RevocationEntry> Entries(string condition, object since)
    {
        NpgsqlCommand Query() => _connection.Statement(
            $"""
            select serial, status, reason, at from {CertificateTable.FullName}
            where authority_key = $1 and municipality = $2 and {condition} order by serial
            """,
            [.. Scope, since]);
        return Wire.RowsAsync(() => Query().Patient(), CertificateRow.ReadEntry, CancellationToken.None);
    }

    /// <summary>SQL: changed since a snapshot, and something to tell. A certificate that was never held or revoked is on no list.</summary>
    private static string Told(string snapshot) => $"at is not null and {Moment.ChangedSince(snapshot)}";

    private static Task<bool> HasChangedAsync(
        NpgsqlConnection connection, RevocationListScope scope, StoredList last, CancellationToken cancellation) => connection
        .Statement(
            $"select exists (select from {CertificateTable.FullName} where authority_key = $1 and municipality = $2 and {Told("$3")})",
            scope.AuthorityKeyId, scope.Municipality.Value, last.Moment.Snapshot)
        .ScalarAsync<bool>(cancellation);

    private async Task<long> CopyInAsync(long number, BuiltList built, CancellationToken cancellation)
    {
        await using var file = File.OpenRead(built.Path);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[RevocationListPartTable.PartLength];
        return await Wire.ReadingAsync(async () =>
        {
            await using var copy = await _connection.BeginBinaryImportAsync(
                $"copy {RevocationListPartTable.FullName} (authority_key, municipality, number, part, content) from stdin (format binary)", cancellation);
            var part = 0;
            while (await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) is var read and > 0)
            {
                hash.AppendData(buffer, 0, read);
                await copy.WriteRowAsync(cancellation, [.. Scope, number, part++, buffer.AsMemory(0, read)]);
            }

            if (Convert.ToHexStringLower(hash.GetCurrentHash()) != built.Sha256)
                throw new InvalidOperationException("The file of a list is not the one that its builder hashed.");
            await copy.CompleteAsync(cancellation);
            return file.Length;
        });
    }

    private Task<int> DropOldOctetsAsync(CancellationToken cancellation) => _connection
        .Statement(
            $"""
            delete from {RevocationListPartTable.FullName} where authority_key = $1 and municipality = $2 and number <
                (select number from {RevocationListTable.FullName} where authority_key = $1 and municipality = $2 and kind = $3 order by number desc offset 1 limit 1)
            """,
            [.. Scope, StoredList.NameOf(ListKind.Full)])
        .RunAsync(cancellation);
}
