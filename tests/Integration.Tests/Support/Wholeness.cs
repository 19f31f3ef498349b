using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;

namespace Jpki.Integration.Tests.Support;

/// <summary>What the back office knows of a resident after a procedure, from both of its doors.</summary>
internal sealed record LedgerPage(IReadOnlyList<Recorded> Recorded, ResidentView View)
{
    public IEnumerable<ResidentEvent> Events => Recorded.Select(each => each.Event);

    public static async Task<LedgerPage> ReadAsync(TownHall hall, Person person)
    {
        var now = TestContext.Current.CancellationToken;
        Assert.True((await hall.Clerk.HistoryAsync(person.Id, now)).Try(out var recorded, out var stop), stop?.Code);
        Assert.True((await hall.Clerk.LookAsync(person.Id, now)).Try(out var view, out stop), stop?.Code);
        return new LedgerPage(recorded!, view!);
    }

    public IReadOnlyList<CertificateView> Of(CertificateKind kind) => [.. View.Certificates.Where(each => each.Kind == kind)];

    /// <summary>The one active certificate of a kind.</summary>
    public CertificateView Active(CertificateKind kind) => Assert.Single(Of(kind), each => each.Status == CertificateStatus.Active);
}

/// <summary>欠けのない状態: what must hold after every procedure, however often it was interrupted (B4).</summary>
internal static class Wholeness
{
    /// <summary>
    /// The view is the fold of the events; no application is open and none was abandoned; of each kind exactly one certificate is active and
    /// every other is revoked; the card carries exactly the active ones, whole; each application was settled with one fee or waiver.
    /// </summary>
    public static async Task<LedgerPage> AssertAsync(TownHall hall, ReaderSlot slot, Person person, params CertificateKind[] kinds)
    {
        var ledger = await LedgerPage.ReadAsync(hall, person);
        AssertIsFold(ledger);

        Assert.Null(ledger.View.Application);
        Assert.Null(ledger.View.PinReset);
        Assert.Empty(ledger.Events.OfType<ApplicationAbandoned>());
        Assert.Empty(ledger.Events.OfType<FeeRefunded>());
        var applications = ledger.Events.OfType<CertificatesApplied>().Select(each => each.Application).ToArray();
        Assert.Equal(applications, ledger.Events.Select(SettledFor).OfType<Domain.Identifiers.CommandId>());

        var card = await CardTruth.ReadAsync(slot.Name, person);
        foreach (var kind in Enum.GetValues<CertificateKind>())
        {
            var others = ledger.Of(kind).Where(each => each.Status != CertificateStatus.Active).ToArray();
            Assert.All(others, each => Assert.Equal(CertificateStatus.Revoked, each.Status));
            Assert.Equal(kinds.Contains(kind) ? ledger.Active(kind).Serial.Value : null, card[kind]);
        }

        return ledger;
    }

    /// <summary>The API's view is nothing but the fold of the API's events (B1).</summary>
    public static void AssertIsFold(LedgerPage ledger)
    {
        var folded = ResidentView.Of(
            ledger.View.Resident, ResidentHistory.Empty.With(ledger.Recorded), ledger.View.At, withAttributes: true);
        Assert.Equal(JsonSerializer.Serialize(folded, Contract.Options), JsonSerializer.Serialize(ledger.View, Contract.Options));
    }

    private static Domain.Identifiers.CommandId? SettledFor(ResidentEvent happened) => happened switch
    {
        FeeCharged charged => charged.Application,
        FeeWaived waived => waived.Application,
        _ => null,
    };
}
