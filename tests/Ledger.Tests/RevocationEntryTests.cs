using Jpki.Domain;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>What stands on full and delta lists.</summary>
public sealed class RevocationEntryTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>, IDisposable
{
    private readonly Press _press = new();

    private ResidentLedger Ledger => database.Ledger;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _press.Dispose();

    [Fact]
    [Trait("Rule", "S6")]
    public async Task A_full_list_has_what_is_revoked_or_on_hold_in_its_scope_by_serial_number()
    {
        var scope = IssuedCertificate.ScopeOf(10);
        var revoked = new IssuedCertificate(102, scope);
        await revoked.IssuedAsync(Ledger, revoked.Revoke());
        var held = new IssuedCertificate(101, scope);
        await held.IssuedAsync(Ledger, held.Suspend);
        await new IssuedCertificate(103, scope).IssuedAsync(Ledger);
        var elsewhere = new IssuedCertificate(104, IssuedCertificate.ScopeOf(11));
        await elsewhere.IssuedAsync(Ledger, elsewhere.Revoke());

        var list = await _press.PublishAsync(database.Lists, scope, ListKind.Full);

        Assert.Equal((ListKind.Full, 1, null), (list.Kind, list.Number, list.BaseNumber));
        Assert.Equal(
            [
                (held.Serial.Value, RevocationReason.CertificateHold, IssuedCertificate.AtVersion(6)),
                (revoked.Serial.Value, RevocationReason.KeyCompromise, IssuedCertificate.AtVersion(6)),
            ],
            _press.Entries);
    }

    [Fact]
    [Trait("Rule", "S32")]
    public async Task A_delta_has_what_changed_since_its_base_and_tells_of_releases()
    {
        var scope = IssuedCertificate.ScopeOf(12);
        var (released, revoked, untouched) = (new IssuedCertificate(121, scope), new IssuedCertificate(122, scope), new IssuedCertificate(123, scope));
        await released.IssuedAsync(Ledger, released.Suspend);
        await revoked.IssuedAsync(Ledger);
        await untouched.IssuedAsync(Ledger, untouched.Revoke());
        var basis = await _press.PublishAsync(database.Lists, scope, ListKind.Full);

        await released.LiveAsync(Ledger, released.Release);
        await revoked.LiveAsync(Ledger, revoked.Revoke());
        await new IssuedCertificate(124, scope).IssuedAsync(Ledger);
        var delta = await _press.PublishAsync(database.Lists, scope, ListKind.Delta);

        Assert.Equal((ListKind.Delta, basis.Number + 1, basis.Number), (delta.Kind, delta.Number, delta.BaseNumber));
        Assert.Equal(
            [
                (released.Serial.Value, RevocationReason.RemoveFromCrl, IssuedCertificate.AtVersion(7)),
                (revoked.Serial.Value, RevocationReason.KeyCompromise, IssuedCertificate.AtVersion(6)),
            ],
            _press.Entries);
    }

    [Fact]
    [Trait("Rule", "S32")]
    public async Task Deltas_add_to_the_full_list_and_not_to_each_other()
    {
        var scope = IssuedCertificate.ScopeOf(13);
        var certificate = await new IssuedCertificate(131, scope).IssuedAsync(Ledger);
        var basis = await _press.PublishAsync(database.Lists, scope, ListKind.Full);

        await certificate.LiveAsync(Ledger, certificate.Suspend);
        await _press.PublishAsync(database.Lists, scope, ListKind.Delta);
        var second = await _press.PublishAsync(database.Lists, scope, ListKind.Delta);

        Assert.Equal(basis.Number, second.BaseNumber);
        Assert.Equal(RevocationReason.CertificateHold, Assert.Single(_press.Entries).Reason);

        var next = await _press.PublishAsync(database.Lists, scope, ListKind.Full);
        await _press.PublishAsync(database.Lists, scope, ListKind.Delta);
        Assert.Equal(next.Number, _press.Drafts[^1].BaseNumber);
        Assert.Empty(_press.Entries);
    }

    [Fact]
    public async Task Without_a_full_list_a_delta_that_is_asked_for_becomes_one()
    {
        var list = await _press.PublishAsync(database.Lists, IssuedCertificate.ScopeOf(14), ListKind.Delta);

        Assert.Equal((ListKind.Full, null), (list.Kind, list.BaseNumber));
    }

    [Fact]
    public async Task An_entry_stays_on_exactly_one_full_list_beyond_its_certificate()
    {
        var scope = IssuedCertificate.ScopeOf(15);
        var end = IssuedCertificate.IssuedAt.AddDays(10);
        var certificate = new IssuedCertificate(151, scope) { NotAfter = end };
        await certificate.IssuedAsync(Ledger, certificate.Revoke());
        var listed = new List<bool>();
        foreach (var thisUpdate in new[] { end.AddDays(-1), end.AddDays(1), end.AddDays(2), end.AddDays(3) })
        {
            await _press.PublishAsync(database.Lists, scope, ListKind.Full, thisUpdate);
            listed.Add(_press.Entries.Count == 1);
        }

        Assert.Equal([true, true, false, false], listed);
    }

    [Fact]
    public async Task A_list_speaks_of_one_instant_however_often_its_entries_are_walked_through()
    {
        var scope = IssuedCertificate.ScopeOf(16);
        var (early, late) = (new IssuedCertificate(161, scope), await new IssuedCertificate(162, scope).IssuedAsync(Ledger));
        await early.IssuedAsync(Ledger, early.Suspend);
        var second = new List<RevocationEntry>();

        await database.Lists.PublishAsync(
            scope, IssuedCertificate.IssuedAt, _ => ListKind.Full,
            async (draft, cancellation) =>
            {
                var built = await _press.BuildAsync(draft, cancellation);
                await late.LiveAsync(Ledger, late.Suspend);
                second.AddRange(await draft.Entries.ToListAsync(cancellation));
                return built;
            },
            Cancellation);

        Assert.Equal([early.Serial.Value], _press.Entries.Select(each => each.Serial));
        Assert.Equal([early.Serial.Value], second.Select(each => Convert.ToHexStringLower(each.Serial.Span)));
        await _press.PublishAsync(database.Lists, scope, ListKind.Delta);
        Assert.Equal([late.Serial.Value], _press.Entries.Select(each => each.Serial));
    }
}
