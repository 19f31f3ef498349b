using Jpki.Domain;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>Lists are published one after the other, whole or not at all, and kept while they are fetched.</summary>
public sealed class RevocationListStoreTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>, IDisposable
{
    private const int PartLength = 256 * 1024;

    private readonly Press _press = new();

    private RevocationListStore Lists => database.Lists;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _press.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(PartLength)]
    [InlineData((2 * PartLength) + 5)]
    public async Task What_was_built_is_fetched_octet_by_octet(int length)
    {
        var scope = IssuedCertificate.ScopeOf(100 + (length % 100));
        _press.Content = [.. Enumerable.Range(0, length).Select(each => (byte)(each * 31 >> 3))];

        var published = await _press.PublishAsync(Lists, scope, ListKind.Full);
        using var fetched = new MemoryStream();
        Assert.True(await Lists.CopyToAsync(published, fetched, Cancellation));

        Assert.Equal(_press.Content, fetched.ToArray());
        Assert.Equal(length, published.Length);
        Assert.Equal(published, await Lists.LatestAsync(scope, ListKind.Full, Cancellation));
        Assert.Null(await Lists.LatestAsync(scope, ListKind.Delta, Cancellation));
    }

    [Fact]
    public async Task Where_nothing_is_due_nothing_is_built()
    {
        var published = await Lists.PublishAsync(
            IssuedCertificate.ScopeOf(20), Given.At, _ => null, (_, _) => throw new InvalidOperationException("Built."), Cancellation);

        Assert.Null(published);
        Assert.Null(await Lists.LatestAsync(IssuedCertificate.ScopeOf(20), ListKind.Full, Cancellation));
    }

    [Fact]
    public async Task Whether_a_list_is_due_is_decided_on_what_was_published_and_what_changed_since()
    {
        var scope = IssuedCertificate.ScopeOf(21);
        var certificate = await new IssuedCertificate(211, scope).IssuedAsync(database.Ledger);
        Assert.Equal(new ListState(null, null, Changed: true), await StateAsync(scope));

        var full = await _press.PublishAsync(Lists, scope, ListKind.Full);
        await new IssuedCertificate(212, scope).IssuedAsync(database.Ledger);
        Assert.Equal(new ListState(full, full, Changed: false), await StateAsync(scope));

        await certificate.LiveAsync(database.Ledger, certificate.Suspend);
        Assert.True((await StateAsync(scope)).Changed);

        var delta = await _press.PublishAsync(Lists, scope, ListKind.Delta);
        Assert.Equal(new ListState(full, delta, Changed: false), await StateAsync(scope));
    }

    [Fact]
    public async Task Publishers_at_once_give_each_list_a_number_of_its_own_and_a_later_process_goes_on_from_there()
    {
        const int Each = 5;
        var scope = IssuedCertificate.ScopeOf(22);
        await using var one = await OpenLedger.OnAsync(database.ConnectionString);
        await using var other = await OpenLedger.OnAsync(database.ConnectionString);
        using var secondPress = new Press();

        var published = (await Task.WhenAll(ManyAsync(one.Lists, _press), ManyAsync(other.Lists, secondPress))).SelectMany(each => each).ToList();

        Assert.Equal(Enumerable.Range(1, 2 * Each).Select(each => (long)each), published.Select(each => each.Number).Order());
        await using var later = await OpenLedger.OnAsync(database.ConnectionString);
        Assert.Equal((2 * Each) + 1, (await _press.PublishAsync(later.Lists, scope, ListKind.Full)).Number);

        async Task<List<PublishedList>> ManyAsync(RevocationListStore store, Press press)
        {
            var lists = new List<PublishedList>();
            for (var i = 0; i < Each; i++)
                lists.Add(await press.PublishAsync(store, scope, i % 2 == 0 ? ListKind.Full : ListKind.Delta));
            return lists;
        }
    }

    [Fact]
    public async Task A_build_that_fails_leaves_nothing_and_lets_the_next_one_in()
    {
        var scope = IssuedCertificate.ScopeOf(23);
        _press.Beforehand = () => throw new IOException("No room.");
        await Assert.ThrowsAsync<IOException>(() => _press.PublishAsync(Lists, scope, ListKind.Full));
        Assert.Null(await Lists.LatestAsync(scope, ListKind.Full, Cancellation));

        _press.Beforehand = () => Task.CompletedTask;
        Assert.Equal(1, (await _press.PublishAsync(Lists, scope, ListKind.Full)).Number);
    }

    [Fact]
    public async Task A_file_that_is_not_what_was_built_is_not_published()
    {
        var scope = IssuedCertificate.ScopeOf(24);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Lists.PublishAsync(
            scope, Given.At, _ => ListKind.Full,
            async (draft, cancellation) =>
            {
                var built = await _press.BuildAsync(draft, cancellation);
                await File.AppendAllTextAsync(built.Path, "more", cancellation);
                return built;
            },
            Cancellation));

        Assert.Null(await Lists.LatestAsync(scope, ListKind.Full, Cancellation));
        Assert.Equal(0L, await PartsAsync(scope));
    }

    [Fact]
    public async Task A_publisher_that_dies_while_it_builds_leaves_nothing_and_lets_the_next_one_in()
    {
        var scope = IssuedCertificate.ScopeOf(25);
        _press.Beforehand = () => Sql.ExecuteAsync(database.ConnectionString, $"""
            select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
            and (classid::bigint << 32 | objid::bigint) = hashtextextended('revocation-list {scope.AuthorityKeyId} {scope.Municipality}', 0)
            """);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => _press.PublishAsync(Lists, scope, ListKind.Full));
        Assert.Null(await Lists.LatestAsync(scope, ListKind.Full, Cancellation));
        Assert.Equal(0L, await PartsAsync(scope));

        _press.Beforehand = () => Task.CompletedTask;
        Assert.Equal(1, (await _press.PublishAsync(Lists, scope, ListKind.Full)).Number);
    }

    [Fact]
    public async Task Who_gives_up_waiting_for_the_turn_leaves_it_to_others()
    {
        var scope = IssuedCertificate.ScopeOf(28);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        _press.Beforehand = async () =>
        {
            var waiter = Lists.PublishAsync(scope, Given.At, _ => ListKind.Full, _press.BuildAsync, patience.Token);
            await Eventually.TrueAsync(() => Sql.ScalarAsync<bool>(
                database.ConnectionString, "select exists (select from pg_locks where locktype = 'advisory' and not granted)"));
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter);
        };
        await _press.PublishAsync(Lists, scope, ListKind.Full);

        _press.Beforehand = () => Task.CompletedTask;
        Assert.Equal(2, (await _press.PublishAsync(Lists, scope, ListKind.Full)).Number);
    }

    [Fact]
    public async Task Octets_go_when_two_newer_full_lists_are_there_and_the_record_stays()
    {
        var scope = IssuedCertificate.ScopeOf(26);
        var first = await _press.PublishAsync(Lists, scope, ListKind.Full);
        var delta = await _press.PublishAsync(Lists, scope, ListKind.Delta);
        var second = await _press.PublishAsync(Lists, scope, ListKind.Full);
        Assert.True(await Lists.CopyToAsync(first, Stream.Null, Cancellation));

        await _press.PublishAsync(Lists, scope, ListKind.Full);

        Assert.False(await Lists.CopyToAsync(first, Stream.Null, Cancellation));
        Assert.False(await Lists.CopyToAsync(delta, Stream.Null, Cancellation));
        Assert.True(await Lists.CopyToAsync(second, Stream.Null, Cancellation));
        Assert.Equal(4L, await Sql.ScalarAsync<long>(
            database.ConnectionString, $"select count(*) from ledger.revocation_list where authority_key = '{scope.AuthorityKeyId}'"));
    }

    [Fact]
    [Trait("Rule", "B3")]
    public async Task The_journal_tells_of_every_list_and_of_what_it_is_told()
    {
        var scope = IssuedCertificate.ScopeOf(27);
        var list = await _press.PublishAsync(Lists, scope, ListKind.Full);
        await database.Journal.RecordAsync("key-ceremony", null, Given.At, new { Officers = 2 }, Cancellation);

        var entries = await database.Journal.ReadAsync(Cancellation).ToListAsync(Cancellation);

        var published = Assert.Single(entries, each => each.AuthorityKeyId == scope.AuthorityKeyId);
        Assert.Equal(AuthorityJournal.ListPublished, published.What);
        Assert.Equal((list.Number, list.Sha256), (published.Body.GetProperty("number").GetInt64(), published.Body.GetProperty("sha256").GetString()));
        var told = Assert.Single(entries, each => each.What == "key-ceremony");
        Assert.Null(told.AuthorityKeyId);
        Assert.Equal(2, told.Body.GetProperty("officers").GetInt32());
        Assert.True(told.Id > published.Id);
    }

    private async Task<ListState> StateAsync(RevocationListScope scope)
    {
        ListState? seen = null;
        await Lists.PublishAsync(
            scope,
            Given.At,
            state =>
            {
                seen = state;
                return null;
            },
            _press.BuildAsync,
            Cancellation);
        return seen!;
    }

    private Task<long> PartsAsync(RevocationListScope scope) => Sql.ScalarAsync<long>(
        database.ConnectionString, $"select count(*) from ledger.revocation_list_part where authority_key = '{scope.AuthorityKeyId}'");
}
