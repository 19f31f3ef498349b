using Jpki.Counter.Gateway.Apdu.Commands;
using Jpki.Counter.Gateway.Applets;
using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Life;

/// <summary>A card's life at the counter and on the telephone, on the real stack. Its own silo: its clock moves.</summary>
public sealed class WholeLifeTests(TownHallFixture fixture) : IAsyncLifetime
{
    private const CertificateKind Signature = CertificateKind.Signature;
    private const CertificateKind UserAuthentication = CertificateKind.UserAuthentication;

    private TownHall _hall = null!;
    private ReaderSlot _slot = null!;
    private Person _person = null!;
    private Visit _visit = null!;

    public async ValueTask InitializeAsync()
    {
        _hall = await TownHall.OpenAsync(fixture.Readers);
        _slot = await fixture.Readers.RentAsync();
        _person = await _hall.RegisterAsync();
        _visit = new Visit(_hall, _slot, _person, _hall.CardFor(_person));
        await _slot.InsertAsync(_visit.Card);
    }

    public async ValueTask DisposeAsync()
    {
        await _slot.DisposeAsync();
        await _hall.DisposeAsync();
    }

    [Fact]
    [Trait("Rule", "D3")]
    [Trait("Rule", "S3")]
    [Trait("Rule", "S4")]
    [Trait("Rule", "S6")]
    [Trait("Rule", "S18")]
    [Trait("Rule", "S25")]
    [Trait("Rule", "S27")]
    [Trait("Rule", "S30")]
    [Trait("Rule", "S32")]
    [Trait("Rule", "S33")]
    public async Task Handed_over_moved_reissued_lost_at_night_found_and_a_PIN_forgotten()
    {
        await HandedOverAsync();
        await MovedAndReissuedAsync();
        await LostAndFoundAsync();
        await PinForgottenAsync();

        var ledger = await Wholeness.AssertAsync(_hall, _slot, _person, Signature, UserAuthentication);
        Assert.All(await _visit.CheckAsync(), finding => Assert.True(finding.Holds || finding.Name == "reader", finding.English));
        Assert.Equal(
            ["register-resident", "hand-over-card", "change-attributes", "record-card-face-update", "apply-for-certificates",
                "suspend-certificates", "release-certificates", "approve-pin-reset", "confirm-pin-reset"],
            ledger.Recorded.Select(each => each.Provenance.Command).Where(name => !name.EndsWith("certificate", StringComparison.Ordinal)).Distinct());
        AssertNothingPersonal(_hall.Silo.Log);
    }

    private async Task HandedOverAsync()
    {
        Visit.AssertCompleted(await _visit.HandOverAsync());
        var ledger = await Wholeness.AssertAsync(_hall, _slot, _person, Signature, UserAuthentication);
        var waived = Assert.Single(ledger.Events.OfType<FeeWaived>());
        Assert.All(waived.Waivers, each => Assert.Equal(WaiverReason.FirstHandOver, each.Reason));
    }

    private async Task MovedAndReissuedAsync()
    {
        await _hall.DoAsync("registry", _person.Id, new ChangeAttributes(_person.Moved, new DateOnly(2026, 5, 30)));
        var moved = await LedgerPage.ReadAsync(_hall, _person);
        Assert.Equal(RevocationCause.AttributesChanged, Assert.Single(moved.Of(Signature)).Cause);
        Assert.Equal(CertificateStatus.Active, Assert.Single(moved.Of(UserAuthentication)).Status);
        Assert.Contains(await _visit.CheckAsync(), finding => finding is { Name: "standing", Holds: false });

        Visit.AssertCompleted(await _visit.IssueAsync(Signature));
        var ledger = await Wholeness.AssertAsync(_hall, _slot, _person, Signature, UserAuthentication);
        Assert.Equal(WaiverReason.RevokedByAttributeChange, Assert.Single(ledger.Events.OfType<FeeWaived>().Last().Waivers).Reason);
        Assert.Equal(_person.Moved.Address, (await CardTruth.ReadFaceAsync(_slot.Name, _person)).Address);
    }

    private async Task LostAndFoundAsync()
    {
        await _hall.MoveClockAsync(SiloProcess.Morning.AddHours(17));
        await _hall.DoAsync("call-centre", _person.Id, new SuspendCertificates());
        var held = await LedgerPage.ReadAsync(_hall, _person);
        Assert.Equal(2, held.View.Certificates.Count(each => each.Status == CertificateStatus.OnHold));
        Visit.AssertStopped("OutsideReceptionHours", await _visit.ReleaseAsync());

        await _hall.MoveClockAsync(SiloProcess.Morning.AddDays(1));
        Visit.AssertStopped("CertificateOnHold", await _visit.IssueAsync(Signature));
        Visit.AssertCompleted(await _visit.ReleaseAsync());
        await Wholeness.AssertAsync(_hall, _slot, _person, Signature, UserAuthentication);
    }

    private async Task PinForgottenAsync()
    {
        for (var tries = 2; tries >= 0; tries--)
        {
            var answer = await CardTruth.TryPinAsync(_slot.Name, JpkiSlot.UserAuthentication, "0000");
            Assert.Equal(tries > 0 ? new PinVerification.Wrong(tries) : new PinVerification.Blocked(), answer);
        }

        Visit.AssertStopped("pin-blocked", await _visit.IssueAsync(UserAuthentication));
        _visit.Front.Type = request => request is { IsNew: true } ? "8642" : _person.Pins[request.Kind];
        Visit.AssertCompleted(await _visit.ResetPinsAsync(PinKind.UserAuthentication));
        _person.Pins[PinKind.UserAuthentication] = "8642";
        _visit.Front.Type = request => _person.Pins[request.Kind];
    }

    private void AssertNothingPersonal(string log)
    {
        Assert.Contains("OutsideReceptionHours", log, StringComparison.Ordinal);
        Assert.All(_person.Secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
    }
}
