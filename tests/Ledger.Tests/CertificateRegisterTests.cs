using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;
using Npgsql;

namespace Jpki.Ledger.Tests;

/// <summary>What relying parties are told stands in rows that come and go with the events.</summary>
public sealed class CertificateRegisterTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static readonly RevocationListScope _scope = IssuedCertificate.ScopeOf(1);

    // The versions of the first events after those that a certificate was issued by.
    private static readonly DateTimeOffset _first = IssuedCertificate.AtVersion(6);
    private static readonly DateTimeOffset _second = IssuedCertificate.AtVersion(7);

    private ResidentLedger Ledger => database.Ledger;

    private CertificateRegister Register => database.Register;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_is_found_from_its_issue_on_and_not_from_its_order()
    {
        var certificate = new IssuedCertificate(1, _scope);
        await certificate.LiveAsync(Ledger, certificate.Ordered);
        Assert.Null(await FindAsync(certificate));

        await certificate.LiveAsync(Ledger, certificate.Issue);

        Assert.Equal(certificate.With(RevocationStatus.Good.Instance), await FindAsync(certificate));
        Assert.Equal([certificate.Serial], await Register.OfResidentAsync(certificate.Resident, Cancellation).Select(each => each.Serial).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task What_was_ordered_and_ended_before_it_was_signed_is_in_no_row()
    {
        var certificate = new IssuedCertificate(2, _scope);
        await certificate.LiveAsync(Ledger, [.. certificate.Ordered, certificate.Suspend, certificate.Revoke(RevocationCause.NeverConfirmed)]);

        Assert.Null(await FindAsync(certificate));
        Assert.Empty(await Register.OfResidentAsync(certificate.Resident, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    [Trait("Rule", "S32")]
    public async Task Hold_release_and_revocation_are_told_as_they_come()
    {
        var certificate = await new IssuedCertificate(3, _scope).IssuedAsync(Ledger);

        await certificate.LiveAsync(Ledger, certificate.Suspend);
        Assert.Equal(certificate.With(new RevocationStatus.OnHold(_first)), await FindAsync(certificate));

        await certificate.LiveAsync(Ledger, certificate.Release);
        Assert.Equal(certificate.With(RevocationStatus.Good.Instance), await FindAsync(certificate));

        await certificate.LiveAsync(Ledger, certificate.Revoke());
        Assert.Equal(
            certificate.With(new RevocationStatus.Revoked(RevocationReason.KeyCompromise, IssuedCertificate.AtVersion(8))), await FindAsync(certificate));
    }

    [Fact]
    [Trait("Rule", "S30")]
    public async Task What_is_revoked_while_on_hold_is_revoked_from_then_on()
    {
        var certificate = new IssuedCertificate(4, _scope);
        await certificate.IssuedAsync(Ledger, certificate.Suspend, certificate.Revoke(RevocationCause.AttributesChanged));

        Assert.Equal(certificate.With(new RevocationStatus.Revoked(RevocationReason.AffiliationChanged, _second)), await FindAsync(certificate));
    }

    [Fact]
    public async Task Many_are_found_at_once_and_what_was_never_issued_is_absent()
    {
        var one = await new IssuedCertificate(5, _scope).IssuedAsync(Ledger);
        var other = await new IssuedCertificate(6, _scope).IssuedAsync(Ledger);
        var never = SerialNumber.Parse("7fffffff");

        var found = await Register.FindAsync([one.Serial, never, other.Serial], Cancellation);

        Assert.Equal([one.Serial, other.Serial], found.Keys.Order(Comparer<SerialNumber>.Create((x, y) => string.CompareOrdinal(x.Value, y.Value))));
    }

    [Fact]
    public async Task An_append_that_was_overtaken_changes_no_row()
    {
        var certificate = await new IssuedCertificate(7, _scope).IssuedAsync(Ledger);
        var history = await Ledger.LoadAsync(certificate.Resident, Cancellation);
        var provenance = Given.By(Given.Command(99));

        var outcome = await Ledger.AppendAsync(
            certificate.Resident, history.Version - 1, [certificate.Suspend], provenance,
            KeptRows.ChangedBy(certificate.Resident, history.State, [certificate.Suspend], provenance), Cancellation);

        Assert.IsType<AppendOutcome.Conflict>(outcome);
        Assert.Equal(RevocationStatus.Good.Instance, (await FindAsync(certificate))!.Status);
    }

    [Fact]
    public async Task A_row_that_can_not_be_written_takes_its_events_with_it()
    {
        var certificate = new IssuedCertificate(8, _scope);
        await certificate.LiveAsync(Ledger, certificate.Ordered);
        await Sql.ExecuteAsync(database.ConnectionString, $"""
            insert into ledger.certificate (serial, authority_key, municipality, kind, resident, not_after, status)
            values ('\x{certificate.Serial}', '', '', '', '', now(), 0)
            """);
        var before = (await Ledger.LoadAsync(certificate.Resident, Cancellation)).Version;

        await Assert.ThrowsAsync<LedgerOutcomeUnknownException>(() => certificate.LiveAsync(Ledger, certificate.Issue));

        Assert.Equal(before, (await Ledger.LoadAsync(certificate.Resident, Cancellation)).Version);
    }

    [Fact]
    public async Task Who_has_no_position_yet_is_told_only_where_one_is()
    {
        await new IssuedCertificate(9, _scope).IssuedAsync(Ledger);

        var first = await Register.ChangesSinceAsync(null, Cancellation);

        Assert.Empty(first.Serials);
        Assert.False(first.IsLost);
        Assert.Empty((await Register.ChangesSinceAsync(first.Position, Cancellation)).Serials);
    }

    [Fact]
    public async Task A_transaction_that_began_earlier_and_commits_later_is_not_missed()
    {
        var (slow, fast) = (await new IssuedCertificate(10, _scope).IssuedAsync(Ledger), await new IssuedCertificate(11, _scope).IssuedAsync(Ledger));
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        await using var held = await connection.BeginTransactionAsync(Cancellation);
        await using var change = new NpgsqlCommand(
            $"update ledger.certificate set changed_in = pg_current_xact_id() where serial = '\\x{slow.Serial}'", connection, held);
        await change.ExecuteNonQueryAsync(Cancellation);
        var start = await Register.ChangesSinceAsync(null, Cancellation);

        await fast.LiveAsync(Ledger, fast.Suspend);
        var meanwhile = await Register.ChangesSinceAsync(start.Position, Cancellation);
        await held.CommitAsync(Cancellation);
        var afterwards = await Register.ChangesSinceAsync(meanwhile.Position, Cancellation);
        var last = await Register.ChangesSinceAsync(afterwards.Position, Cancellation);

        Assert.Equal([fast.Serial], meanwhile.Serials);
        Assert.Equal([slow.Serial], afterwards.Serials);
        Assert.Empty(last.Serials);
    }

    [Fact]
    public async Task Rows_of_an_older_cluster_whose_transactions_are_yet_to_come_in_this_one_are_not_told_again_and_again()
    {
        var certificate = await new IssuedCertificate(12, _scope).IssuedAsync(Ledger);
        var start = await Register.ChangesSinceAsync(null, Cancellation);

        await Sql.ExecuteAsync(
            database.ConnectionString, $"update ledger.certificate set changed_in = '9000000000000' where serial = '\\x{certificate.Serial}'");
        Assert.Empty((await Register.ChangesSinceAsync(start.Position, Cancellation)).Serials);

        await certificate.LiveAsync(Ledger, certificate.Suspend);
        Assert.Equal([certificate.Serial], (await Register.ChangesSinceAsync(start.Position, Cancellation)).Serials);
    }

    private async Task<RegisteredCertificate?> FindAsync(IssuedCertificate certificate) =>
        (await Register.FindAsync([certificate.Serial], Cancellation)).GetValueOrDefault(certificate.Serial);
}
