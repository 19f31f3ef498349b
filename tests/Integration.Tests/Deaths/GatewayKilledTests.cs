using Jpki.Domain;
using Jpki.Integration.Tests.Support;
using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Deaths;

/// <summary>The gateway's process dies in the middle of a hand-over; another one carries on with the same card (B4).</summary>
[Collection(FragileTests.Name)]
public sealed class GatewayKilledTests(FragileTownHall fragile)
{
    [Theory]
    [Trait("Rule", "B4")]
    [InlineData(Instruction.GenerateKeyPair)]
    [InlineData(Instruction.ComputeSignature)]
    [InlineData(Instruction.UpdateBinary)]
    [InlineData(Instruction.Activate)]
    public async Task Killed_before_the_card_carries_out(byte instruction)
    {
        await using var slot = await fragile.Readers.RentAsync();
        using var standstill = new Standstill(apdu => apdu[1] == instruction);

        await KillAndCarryOnAsync(slot, standstill);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task Killed_with_the_certificate_active_and_not_confirmed()
    {
        await using var slot = await fragile.Readers.RentAsync();
        var activated = false;
        using var standstill = new Standstill(apdu => activated ? true : (activated = apdu[1] == Instruction.Activate) && false);

        await KillAndCarryOnAsync(slot, standstill);
    }

    private async Task KillAndCarryOnAsync(ReaderSlot slot, Standstill standstill)
    {
        var visit = await fragile.VisitAsync(slot, standstill.Tamper);
        var person = visit.Person;
        var command = $"hand-over {person.Id}";
        await using (var first = GatewayProcess.Start(fragile.Hall, slot.Name))
        {
            var cutOff = first.RunAsync(command, person);
            await standstill.Reached;
            await first.KillAsync();
            await Assert.ThrowsAsync<EndOfStreamException>(() => cutOff);
        }

        standstill.Release(TamperDecision.PullBefore);
        await slot.InsertAsync(visit.Card);
        await using var second = GatewayProcess.Start(fragile.Hall, slot.Name);
        var end = await second.RunAsync(command, person);

        Assert.StartsWith("= 完了 / completed", end, StringComparison.Ordinal);
        await Wholeness.AssertAsync(fragile.Hall, slot, person, CertificateKind.Signature, CertificateKind.UserAuthentication);
        Assert.DoesNotContain(person.Pins.Values, pin => second.Shown.Contains(pin, StringComparison.Ordinal));
    }
}
