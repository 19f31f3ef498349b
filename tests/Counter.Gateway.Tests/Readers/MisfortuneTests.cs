using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Apdu.Commands;
using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Cards;
using Jpki.Counter.Gateway.PcSc;
using Jpki.Counter.Gateway.Tests.Support;
using Jpki.VirtualCard.Readers;
using Microsoft.Extensions.Time.Testing;

namespace Jpki.Counter.Gateway.Tests.Readers;

/// <summary>Cards pulled, swapped, mute, held by others: what PC/SC does then, and what the counter makes of it.</summary>
[Collection(VirtualCounterTests.Name)]
public sealed class MisfortuneTests(VirtualCounter counter) : IDisposable
{
    private const byte Activate = 0x44;

    private readonly TestIssuer _issuer = new();
    private readonly Pin _pin = Expect.Pin("1234");

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0x82, TamperDecision.PullBefore)]
    [InlineData(0x2C, TamperDecision.PullAfter)]
    [InlineData(0x47, TamperDecision.PullBefore)]
    [InlineData(0xC0, TamperDecision.PullAfter)]
    [InlineData(0x2A, TamperDecision.PullAfter)]
    [InlineData(0xD6, TamperDecision.PullBefore)]
    [InlineData(0xD6, TamperDecision.PullAfter)]
    [InlineData(Activate, TamperDecision.PullBefore)]
    [Trait("Rule", "B4")]
    public async Task A_card_pulled_during_a_command_is_told_as_removed_and_keeps_the_old_pair(byte instruction, TamperDecision pull)
    {
        var card = counter.BlankCard();
        byte[] old;
        await using (await counter.InsertAsync(card, 0))
        {
            await using var before = await VirtualCounter.OpenAsync(0).Success();
            old = await IssueAsync(before).Success();
        }

        await using (await counter.InsertAsync(card, 0, At(instruction, pull)))
        {
            await using var session = await VirtualCounter.OpenAsync(0).Success();
            await IssueAsync(session).Failure<CardFailure.CardRemoved, byte[]>();
            await session.SelectJpkiAsync(Now).Failure<CardFailure.CardRemoved, JpkiApplet>();
        }

        await using var again = await counter.InsertAsync(card, 0);
        await using var afterwards = await VirtualCounter.OpenAsync(0).Success();
        Assert.Equal(old, await ReadAsync(afterwards));
        var renewed = await IssueAsync(afterwards).Success();
        Assert.Equal(renewed, await ReadAsync(afterwards));
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task When_the_answer_to_activation_is_lost_the_card_itself_tells_that_it_was_done()
    {
        var card = counter.BlankCard();
        await using (await counter.InsertAsync(card, 0, At(Activate, TamperDecision.PullAfter)))
        {
            await using var session = await VirtualCounter.OpenAsync(0).Success();
            await IssueAsync(session).Failure<CardFailure.CardRemoved, byte[]>();
        }

        await using var again = await counter.InsertAsync(card, 0);
        await using var afterwards = await VirtualCounter.OpenAsync(0).Success();
        var jpki = await afterwards.SelectJpkiAsync(Now).Success();
        Assert.True((await jpki.ReadPresenceAsync(Now).Success()).UserAuthentication);
        var issuer = await jpki.AuthenticateTerminalAsync(counter.Terminal, Now).Success();
        await issuer.ActivateAsync(JpkiSlot.UserAuthentication, Now).RefusedWith(StatusWord.ConditionsNotSatisfied);
    }

    [Fact]
    public async Task A_card_swapped_faster_than_the_daemon_looks_hears_nothing_on_the_old_handle()
    {
        var first = await counter.InsertAsync(counter.BlankCard(), 0);
        await using var session = await VirtualCounter.OpenAsync(0).Success();
        var jpki = await session.SelectJpkiAsync(Now).Success();
        var issuer = await jpki.AuthenticateTerminalAsync(counter.Terminal, Now).Success();

        await first.DisposeAsync();
        await using var second = await VpcdConnection.InsertAsync(
            counter.BlankCard(), new VpcdOptions { Port = counter.Daemon.Ports[0] }, Now);

        // The first exchange after the swap fails. Once the daemon has looked again, one more on the same handle would reach the second
        // card.
        await issuer.GenerateKeyPairAsync(JpkiSlot.Signature, Now).Failure<CardFailure.CardRemoved, byte[]>();
        await Eventually.AsTrueAsync(() => !VirtualCounter.Look(0).IsInUse);
        await using (var newcomer = await VirtualCounter.OpenAsync(0).Success())
            Assert.NotEqual(session.Serial, newcomer.Serial);
        var commands = second.Commands;

        await session.SelectJpkiAsync(Now).Failure<CardFailure.CardRemoved, JpkiApplet>();
        Assert.Equal(commands, second.Commands);
    }

    [Fact]
    public async Task A_session_closed_while_its_card_is_taken_out_leaves_no_phantom_in_the_reader()
    {
        var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        var session = await VirtualCounter.OpenAsync(0).Success();

        await inserted.DisposeAsync();
        await session.DisposeAsync();

        await VirtualCounter.WaitForAsync(0, present: false);
        await using var next = await counter.InsertAsync(counter.BlankCard(), 0);
        await using var nextSession = await VirtualCounter.OpenAsync(0).Success();
    }

    [Fact]
    public async Task A_mute_card_is_given_up_while_the_other_reader_works_on()
    {
        await using var healthy = await counter.InsertAsync(counter.BlankCard(), 1);
        await using var healthySession = await VirtualCounter.OpenAsync(1).Success();
        var card = counter.BlankCard();
        var time = new FakeTimeProvider();
        await using (await counter.InsertAsync(card, 0, At(0x84, TamperDecision.MuteBefore)))
        {
            await using var session = await VirtualCounter.OpenAsync(0, new CardSessionOptions { Time = time }).Success();
            var jpki = await session.SelectJpkiAsync(Now).Success();

            var mute = jpki.AuthenticateTerminalAsync(counter.Terminal, Now);
            await IssueAsync(healthySession).Success();
            Assert.False(mute.IsCompleted, "A card is not mute before its patience ends.");
            time.Advance(new CardSessionOptions().Patience);

            await mute.Failure<CardFailure.CardMute, JpkiPersonalisation>();
            await session.EnsureSameCardAsync(Now).Failure<CardFailure.CardMute, Done>();
            await IssueAsync(healthySession).Success();
        }

        await using var again = await counter.InsertAsync(card, 0);
        await using var afterwards = await VirtualCounter.OpenAsync(0).Success();
        await IssueAsync(afterwards).Success();
    }

    [Fact]
    public async Task The_session_that_holds_a_card_keeps_others_out()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        await using (await VirtualCounter.OpenAsync(0).Success())
            await VirtualCounter.OpenAsync(0).Failure<CardFailure.ReaderBusy, CardSession>();
        await using var afterwards = await VirtualCounter.OpenAsync(0).Success();
    }

    [Fact]
    public async Task A_card_that_another_process_holds_is_told_as_busy_at_once()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        using var other = OtherProcess.Start(counter.Daemon.SocketPath, VirtualCounter.Reader(0));
        await Eventually.AsTrueAsync(() => VirtualCounter.Look(0).IsInUse);

        await VirtualCounter.OpenAsync(0, new CardSessionOptions { Patience = Timeout.InfiniteTimeSpan })
            .Failure<CardFailure.ReaderBusy, CardSession>();
    }

    [Fact]
    public async Task A_card_that_another_process_is_talking_to_is_told_as_busy_when_patience_ends()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0, At(0xA4, TamperDecision.MuteBefore));
        using var other = OtherProcess.Start(counter.Daemon.SocketPath, VirtualCounter.Reader(0));
        await Eventually.AsTrueAsync(() => inserted.Commands > 0);

        await VirtualCounter.OpenAsync(0, new CardSessionOptions { Patience = TimeSpan.FromSeconds(1) })
            .Failure<CardFailure.ReaderBusy, CardSession>();
    }

    [Fact]
    public async Task An_empty_reader_and_an_unknown_one_are_told_apart()
    {
        await VirtualCounter.WaitForAsync(0, present: false);
        await VirtualCounter.OpenAsync(0).Failure<CardFailure.NoCard, CardSession>();
        await CardSession.OpenAsync("No such reader 00 00", cancellationToken: Now).Failure<CardFailure.ReaderGone, CardSession>();
    }

    [Fact]
    public async Task After_a_session_no_PIN_is_left_verified_for_the_next_program()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        await using (var session = await VirtualCounter.OpenAsync(0).Success())
        {
            await IssueAsync(session).Success();
            var jpki = await session.SelectJpkiAsync(Now).Success();
            Assert.IsType<PinVerification.Verified>(await jpki.Pin(JpkiSlot.UserAuthentication).VerifyAsync(_pin, Now).Success());
            await jpki.SignAsync(JpkiSlot.UserAuthentication, DigestInfo.Sha256("x"u8), Now).Success();
        }

        // A program that does not select the application, which would end the verification by itself.
        var opened = await CardConnection.OpenAsync(VirtualCounter.Reader(0), VirtualCounter.Patience, TimeProvider.System);
        Assert.Equal(PcScError.Success, opened.Error);
        await using var connection = opened.Value!;
        var sign = new ComputeSignature(DigestInfo.Sha256("x"u8), Pending: false).ToApdu().Encode();
        var answer = await connection.TransmitAsync(sign, VirtualCounter.Patience);
        Assert.Equal(2, answer.Value!.Length);
    }

    [Fact]
    public async Task What_was_sent_is_wiped_from_memory()
    {
        await using var inserted = await counter.InsertAsync(counter.BlankCard(), 0);
        var opened = await CardConnection.OpenAsync(VirtualCounter.Reader(0), VirtualCounter.Patience, TimeProvider.System);
        await using var connection = opened.Value!;
        var command = new Verify("1234"u8.ToArray()).ToApdu().Encode();

        await connection.TransmitAsync(command, VirtualCounter.Patience);

        Assert.All(command, value => Assert.Equal(0, value));
    }

    public void Dispose()
    {
        _issuer.Dispose();
        _pin.Dispose();
    }

    /// <summary>Strikes at the first command with this instruction.</summary>
    private static Tamper At(byte instruction, TamperDecision decision) =>
        (_, apdu) => apdu.Span[1] == instruction ? decision : TamperDecision.LetPass;

    private static async Task<byte[]> ReadAsync(CardSession session) =>
        await (await session.SelectJpkiAsync(Now).Success()).ReadCertificateAsync(JpkiSlot.UserAuthentication, Now).Success();

    private Task<CardResult<byte[]>> IssueAsync(CardSession session) =>
        _issuer.IssueAsync(session, counter.Terminal, JpkiSlot.UserAuthentication, _pin, Now);
}
