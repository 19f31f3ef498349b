using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>A copy of a ledger may lack what came after it was taken: nothing that was known of the original counts for it.</summary>
public sealed class RestoredLedgerTests(LocalServer server)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_a_copy_positions_are_lost_the_next_list_is_full_and_no_number_comes_again()
    {
        var scope = IssuedCertificate.ScopeOf(1);
        var certificate = new IssuedCertificate(1, scope);
        using var press = new Press();
        RegisterPosition position;
        PublishedList known, unknown;
        var original = await server.CreateDatabaseAsync("restored_from");
        await using (var before = await OpenLedger.OnAsync(original))
        {
            await certificate.IssuedAsync(before.Ledger, certificate.Suspend);
            known = await press.PublishAsync(before.Lists, scope, ListKind.Full);
            position = (await before.Register.ChangesSinceAsync(null, Cancellation)).Position;
        }

        var copy = await server.CopyDatabaseAsync("restored_from", "restored_to");
        await using (var meanwhile = await OpenLedger.OnAsync(original))
            unknown = await press.PublishAsync(meanwhile.Lists, scope, ListKind.Full);

        await using var restored = await OpenLedger.OnAsync(copy);
        var changes = await restored.Register.ChangesSinceAsync(position, Cancellation);
        Assert.True(changes.IsLost);
        Assert.Empty(changes.Serials);
        Assert.False((await restored.Register.ChangesSinceAsync(changes.Position, Cancellation)).IsLost);

        Assert.Equal(known, await restored.Lists.LatestAsync(scope, ListKind.Full, Cancellation));
        ListState? state = null;
        var next = await restored.Lists.PublishAsync(scope, Given.At, seen => { state = seen; return ListKind.Delta; }, press.BuildAsync, Cancellation);
        Assert.True(state!.Changed);
        Assert.Equal(ListKind.Full, next!.Kind);
        Assert.True(next.Number > unknown.Number);
        Assert.Equal(certificate.Serial.Value, Assert.Single(press.Entries).Serial);

        var delta = await press.PublishAsync(restored.Lists, scope, ListKind.Delta);
        Assert.Equal((ListKind.Delta, next.Number, next.Number + 1), (delta.Kind, delta.BaseNumber, delta.Number));
        Assert.Empty(press.Entries);
    }
}
