using Jpki.Domain;
using Jpki.Integration.Tests.Support;
using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Deaths;

/// <summary>The smart card service dies, or the reader is unplugged, in the middle of a hand-over (B4).</summary>
[Collection(FragileTests.Name)]
public sealed class ReaderLostTests(FragileTownHall fragile)
{
    [Theory]
    [Trait("Rule", "B4")]
    [InlineData(Instruction.GenerateKeyPair)]
    [InlineData(Instruction.Activate)]
    public async Task A_daemon_that_was_killed_and_is_back_carries_on(byte instruction)
    {
        await using var slot = await fragile.Readers.RentAsync();
        using var standstill = new Standstill(apdu => apdu[1] == instruction);
        var visit = await fragile.VisitAsync(slot, standstill.Tamper, stays: true);
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        visit.Front.Continue = async _ =>
        {
            await killed.Task;
            await fragile.Readers.StartDaemonAsync();
            await slot.WaitForCardAsync();
            return true;
        };

        var handOver = visit.HandOverAsync();
        await standstill.Reached;
        await fragile.Readers.KillDaemonAsync();
        killed.SetResult();
        standstill.Release(TamperDecision.LetPass);

        Visit.AssertCompleted(await handOver);
        Assert.Equal("service-gone", Assert.Single(visit.Front.Interruptions).Code);
        await Wholeness.AssertAsync(fragile.Hall, slot, visit.Person, CertificateKind.Signature, CertificateKind.UserAuthentication);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task A_reader_that_was_unplugged_and_is_back_carries_on()
    {
        await using var slot = await fragile.Readers.RentAsync();
        using var standstill = new Standstill(apdu => apdu[1] == Instruction.UpdateBinary);
        var visit = await fragile.VisitAsync(slot, standstill.Tamper);
        var others = new TaskCompletionSource<IAsyncDisposable>(TaskCreationOptions.RunContinuationsAsynchronously);
        visit.Front.Continue = async stop =>
        {
            var unplugged = await others.Task;
            if (stop.Code == "reader-gone")
            {
                await unplugged.DisposeAsync();
                await slot.InsertAsync(visit.Card);
            }

            return true;
        };

        var handOver = visit.HandOverAsync();
        await standstill.Reached;
        others.SetResult(await fragile.Readers.ExchangeReadersAsync("Another Reader"));
        standstill.Release(TamperDecision.PullBefore);

        Visit.AssertCompleted(await handOver);
        Assert.Equal(["service-gone", "reader-gone"], visit.Front.Interruptions.Select(each => each.Code));
        await Wholeness.AssertAsync(fragile.Hall, slot, visit.Person, CertificateKind.Signature, CertificateKind.UserAuthentication);
    }
}
