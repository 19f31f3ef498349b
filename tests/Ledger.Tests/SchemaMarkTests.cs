using Jpki.Ledger.Storage;
using Jpki.Ledger.Tests.Support;
using Npgsql;

namespace Jpki.Ledger.Tests;

public sealed class SchemaMarkTests(LocalServer server)
{
    private const string Comment = "select coalesce(obj_description('ledger'::regnamespace, 'pg_namespace'), '')";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_schema_that_is_not_there_has_no_mark() =>
        Assert.False(await StandsAsync(await server.CreateDatabaseAsync("mark_empty")));

    [Fact]
    public async Task Prepared_tables_are_not_compared_again()
    {
        var connection = await server.CreateDatabaseAsync("mark_prepared");
        await PrepareAsync(connection);

        Assert.True(await StandsAsync(connection));
    }

    [Theory]
    [InlineData("column", "alter table ledger.evidence drop column media_type")]
    [InlineData("null", "alter table ledger.evidence alter column media_type drop not null")]
    [InlineData("type", "alter table ledger.evidence alter column media_type type varchar(99)")]
    [InlineData("key", "alter table ledger.evidence drop constraint pkey_evidence_municipality_sha256")]
    [InlineData("index", "drop index ledger.pk_mt_events_stream_and_version")]
    [InlineData("table", "drop table ledger.evidence")]
    [InlineData("function", "create or replace function ledger.mt_immutable_date(value text) returns date language sql immutable as 'select null::date'")]
    [InlineData("sequence", "alter sequence ledger.mt_events_sequence increment by 2")]
    public async Task Whatever_is_altered_by_hand_is_found_and_compared_again(string what, string alteration)
    {
        var connection = await server.CreateDatabaseAsync($"mark_altered_{what}");
        await PrepareAsync(connection);

        await Sql.ExecuteAsync(connection, alteration);

        Assert.False(await StandsAsync(connection));
    }

    [Fact]
    public async Task A_table_dropped_by_hand_is_there_again_after_the_next_start()
    {
        var connection = await server.CreateDatabaseAsync("mark_dropped");
        await PrepareAsync(connection);
        await Sql.ExecuteAsync(connection, "drop table ledger.evidence");

        await PrepareAsync(connection);

        Assert.True(await Sql.ScalarAsync<bool>(connection, "select to_regclass('ledger.evidence') is not null"));
        Assert.True(await StandsAsync(connection));
    }

    [Fact]
    public async Task Another_builds_mark_says_nothing_to_this_one()
    {
        var connection = await server.CreateDatabaseAsync("mark_other_build");
        await PrepareAsync(connection);
        var mark = await Sql.ScalarAsync<string>(connection, Comment);
        await Sql.ExecuteAsync(connection, $"comment on schema ledger is '{mark.Replace("as wanted by ", "as wanted by 0", StringComparison.Ordinal)}'");

        Assert.False(await StandsAsync(connection));
        await PrepareAsync(connection);

        Assert.Equal(mark, await Sql.ScalarAsync<string>(connection, Comment));
    }

    [Fact]
    public async Task An_account_that_does_not_own_the_schema_starts_all_the_same()
    {
        var connection = await server.CreateDatabaseAsync("mark_not_owner");
        await PrepareAsync(connection);
        await Sql.ExecuteAsync(connection, "comment on schema ledger is 'ours'; create role mark_owner; alter schema ledger owner to mark_owner");
        await Sql.ExecuteAsync(connection, "create role mark_guest in role pg_read_all_data; grant usage on schema ledger to mark_guest");
        await using var source = NpgsqlDataSource.Create(connection);
        await using var guest = await source.OpenConnectionAsync(Cancellation);
        await guest.Statement("set role mark_guest").RunAsync(Cancellation);

        await SchemaMark.SetAsync(guest, Cancellation);

        Assert.Equal("ours", await Sql.ScalarAsync<string>(connection, Comment));
        await guest.Statement("reset role").RunAsync(Cancellation);
    }

    private static async Task PrepareAsync(string connection)
    {
        await using var open = await OpenLedger.OnAsync(connection);
    }

    private static async Task<bool> StandsAsync(string connection)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var opened = await source.OpenConnectionAsync(Cancellation);
        return await SchemaMark.StandsAsync(opened, Cancellation);
    }
}
