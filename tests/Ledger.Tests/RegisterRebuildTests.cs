using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>The register against the events.</summary>
public sealed class RegisterRebuildTests(LocalServer server)
{
    private const string Rows = """
        select concat_ws(' ', serial, authority_key, municipality, kind, resident, not_after, status, reason, at) from ledger.certificate order by serial
        """;

    private static readonly RevocationListScope _scope = IssuedCertificate.ScopeOf(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "B1")]
    public async Task A_rebuild_from_the_events_gives_the_same_rows_and_touches_none_that_is_right()
    {
        await using var town = await Town.LivedAsync(server, "register_rebuilt");
        var before = await town.RowsAsync(Rows);
        var position = (await town.Open.Register.ChangesSinceAsync(null, Cancellation)).Position;

        Assert.Equal(0, await town.Open.Register.RebuildAsync(Cancellation));
        Assert.Empty((await town.Open.Register.ChangesSinceAsync(position, Cancellation)).Serials);

        await Sql.ExecuteAsync(town.Connection, "delete from ledger.certificate");
        Assert.Equal(before.Count, await town.Open.Register.RebuildAsync(Cancellation));
        Assert.Equal(before, await town.RowsAsync(Rows));
    }

    [Theory]
    [InlineData(SchemaHandling.CreateOrUpdate)]
    [InlineData(SchemaHandling.AssertOnly)]
    [Trait("Rule", "B1")]
    public async Task A_ledger_older_than_the_register_gets_it_as_it_is_opened(SchemaHandling schema)
    {
        await using var town = await Town.LivedAsync(server, $"register_older_{schema}".ToLowerInvariant());
        var before = await town.RowsAsync(Rows);
        await Sql.ExecuteAsync(town.Connection, "delete from ledger.certificate");

        await using var reopened = OpenLedger.Unprepared(town.Connection, schema);
        await reopened.PrepareAsync();

        Assert.NotEmpty(before);
        Assert.Equal(before, await town.RowsAsync(Rows));
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task A_ledger_older_than_the_rows_of_open_work_gets_them_as_it_is_opened()
    {
        const string work = "select (to_jsonb(each))::text from ledger.open_work each order by resident";
        await using var town = await Town.LivedAsync(server, "open_work_older");
        var before = await town.RowsAsync(work);
        await Sql.ExecuteAsync(town.Connection, "delete from ledger.open_work");

        await using var reopened = OpenLedger.Unprepared(town.Connection, SchemaHandling.AssertOnly);
        await reopened.PrepareAsync();

        Assert.NotEmpty(before);
        Assert.Equal(before, await town.RowsAsync(work));
    }

    [Fact]
    [Trait("Rule", "B3")]
    public async Task Every_row_that_was_tampered_with_is_found_and_corrected()
    {
        await using var town = await Town.LivedAsync(server, "register_tampered");
        var register = town.Open.Register;
        Assert.Empty(await register.CompareAsync(Cancellation).ToListAsync(Cancellation));
        var (revoked, held, good) = (town.Revoked, town.Held, town.Good);

        await Sql.ExecuteAsync(town.Connection, $"""
            update ledger.certificate set status = 0, reason = null where serial = '\x{revoked.Serial}';
            update ledger.certificate set at = at - interval '1 day' where serial = '\x{held.Serial}';
            delete from ledger.certificate where serial = '\x{good.Serial}';
            insert into ledger.certificate (serial, authority_key, municipality, kind, resident, not_after, status)
            values ('\x7f', '{_scope.AuthorityKeyId}', '13207', 'signature', '13207-00000099', now(), 0)
            """);
        var found = await register.CompareAsync(Cancellation).ToDictionaryAsync(each => each.Serial.Value, cancellationToken: Cancellation);

        Assert.Equal(4, found.Count);
        Assert.IsType<RevocationStatus.Good>(found[revoked.Serial.Value].Kept!.Certificate.Status);
        Assert.IsType<RevocationStatus.Revoked>(found[revoked.Serial.Value].FromEvents!.Certificate.Status);
        Assert.Equal(TimeSpan.FromDays(1), found[held.Serial.Value].FromEvents!.ChangedAt - found[held.Serial.Value].Kept!.ChangedAt);
        Assert.Null(found[good.Serial.Value].Kept);
        Assert.Null(found["7f"].FromEvents);
        Assert.Equal(4, await register.RebuildAsync(Cancellation));
        Assert.Empty(await register.CompareAsync(Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Two_certificates_of_one_serial_number_are_no_register()
    {
        await using var town = await Town.LivedAsync(server, "register_doubled");
        var twin = town.Good with { Number = 77 };
        foreach (var (happened, version) in ((ResidentEvent[])[.. twin.Ordered, twin.Issue]).Select((each, index) => (each, index)))
            await town.Open.Ledger.AppendedAsync(Given.Resident(77), version, Given.Command(version + 1), happened);

        await Assert.ThrowsAsync<LedgerDamagedException>(() => town.Open.Register.RebuildAsync(Cancellation));
        Assert.Single(await town.Open.Register.CompareAsync(Cancellation).ToListAsync(Cancellation));
    }

    /// <summary>A ledger with a certificate of each status.</summary>
    private sealed class Town : IAsyncDisposable
    {
        private Town(string connection, OpenLedger open) => (Connection, Open) = (connection, open);

        public string Connection { get; }

        public OpenLedger Open { get; }

        public IssuedCertificate Good { get; } = new(1, _scope);

        public IssuedCertificate Held { get; } = new(2, _scope);

        public IssuedCertificate Revoked { get; } = new(3, _scope);

        private IssuedCertificate Released { get; } = new(4, _scope);

        private IssuedCertificate Unsigned { get; } = new(5, _scope);

        public static async Task<Town> LivedAsync(LocalServer server, string name)
        {
            var connection = await server.CreateDatabaseAsync(name);
            var town = new Town(connection, await OpenLedger.OnAsync(connection));
            var ledger = town.Open.Ledger;
            await town.Good.IssuedAsync(ledger);
            await town.Held.IssuedAsync(ledger, town.Held.Suspend);
            await town.Revoked.IssuedAsync(ledger, town.Revoked.Suspend, town.Revoked.Revoke());
            await town.Released.IssuedAsync(ledger, town.Released.Suspend, town.Released.Release);
            await town.Unsigned.LiveAsync(ledger, town.Unsigned.Ordered);
            return town;
        }

        public Task<IReadOnlyList<string>> RowsAsync(string query) => Sql.ColumnAsync<string>(Connection, query);

        public ValueTask DisposeAsync() => Open.DisposeAsync();
    }
}
