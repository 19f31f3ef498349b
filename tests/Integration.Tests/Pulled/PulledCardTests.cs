using System.Collections.Concurrent;
using Jpki.Counter.Gateway.Procedures;
using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;
using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Pulled;

/// <summary>
/// 抜かれたカード (B4): the card is pulled at every single command of an issuance, before it is carried out and after it, and put back. Each
/// time a resident and a card of their own; several at a time, each in a reader of its own.
/// </summary>
public sealed class PulledCardTests(TownHallFixture fixture, ITestOutputHelper output)
{
    private const CertificateKind Signature = CertificateKind.Signature;
    private const CertificateKind UserAuthentication = CertificateKind.UserAuthentication;

    /// <summary>Mostly it is the daemon's look at its readers, every 0.4 s, that is waited for.</summary>
    private const int AtATime = 10;

    private TownHall Hall => fixture.Hall;

    [Theory]
    [Trait("Rule", "B4")]
    [Trait("Rule", "S3")]
    [InlineData(TamperDecision.PullBefore)]
    [InlineData(TamperDecision.PullAfter)]
    public Task Handing_over_a_card_survives_it_at_every_command(TamperDecision how) => AtEveryCommandAsync(how, HandOver);

    [Theory]
    [Trait("Rule", "B4")]
    [Trait("Rule", "S18")]
    [InlineData(TamperDecision.PullBefore)]
    [InlineData(TamperDecision.PullAfter)]
    public Task A_free_reissue_after_a_move_survives_it_at_every_command(TamperDecision how) => AtEveryCommandAsync(how, ReissueAfterMove);

    private static Procedure HandOver { get; } = new(
        Before: _ => Task.CompletedTask,
        Run: visit => visit.HandOverAsync(),
        Fees: 1);

    private static Procedure ReissueAfterMove { get; } = new(
        Before: async visit =>
        {
            Visit.AssertCompleted(await visit.HandOverAsync());
            await visit.Hall.DoAsync("registry", visit.Person.Id, new ChangeAttributes(visit.Person.Moved, new DateOnly(2026, 5, 30)));
        },
        Run: visit => visit.IssueAsync(Signature),
        Fees: 2);

    private async Task AtEveryCommandAsync(TamperDecision how, Procedure procedure)
    {
        var commands = await CountAsync(procedure);
        var failures = new ConcurrentQueue<string>();
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForAsync(
            0,
            commands,
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = TestContext.Current.CancellationToken },
            async (index, _) =>
            {
                try
                {
                    await PulledAtAsync(index, commands - 1, how, procedure);
                }
#pragma warning disable CA1031 // Which commands fail, and how, is the result; the first must not hide the others.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    failures.Enqueue($"{how} command {index}: {exception.Message}");
                }
            });
        output.WriteLine($"{commands} commands, {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
        Assert.True(failures.IsEmpty, string.Join('\n', failures.Order()));
    }

    /// <summary>How many commands reach the card when nobody disturbs.</summary>
    private async Task<int> CountAsync(Procedure procedure)
    {
        await using var slot = await fixture.Readers.RentAsync();
        var (visit, _) = await PrepareAsync(slot, procedure);
        await slot.InsertAsync(visit.Card);
        Visit.AssertCompleted(await procedure.Run(visit));
        var commands = slot.Commands;
        Assert.Empty(visit.Front.Interruptions);
        Assert.InRange(commands, 50, 500);
        return commands;
    }

    private async Task PulledAtAsync(int index, int last, TamperDecision how, Procedure procedure)
    {
        await using var slot = await fixture.Readers.RentAsync();
        var (visit, before) = await PrepareAsync(slot, procedure);
        visit.PutBackAndLook(card => AssertOldOrNew(before, card));
        await slot.InsertAsync(visit.Card, (at, _) => at == index ? how : TamperDecision.LetPass);

        Visit.AssertCompleted(await procedure.Run(visit));

        // The last command is the session's goodbye: whoever pulls the card there comes too late to be noticed.
        if (index == last)
            await slot.InsertAsync(visit.Card);
        Assert.Equal(index == last ? [] : ["card-removed"], visit.Front.Interruptions.Select(each => each.Code));
        var ledger = await Wholeness.AssertAsync(Hall, slot, visit.Person, Signature, UserAuthentication);
        Assert.Equal(procedure.Fees, ledger.Events.Count(each => each is FeeWaived));
        Assert.Empty(ledger.Events.OfType<FeeCharged>());
    }

    private async Task<(Visit Visit, CardTruth Card)> PrepareAsync(ReaderSlot slot, Procedure procedure)
    {
        var person = await Hall.RegisterAsync();
        var visit = new Visit(Hall, slot, person, Hall.CardFor(person));
        await slot.InsertAsync(visit.Card);
        await procedure.Before(visit);
        return (visit, await CardTruth.ReadAsync(slot.Name, person));
    }

    /// <summary>
    /// What is on the card after the pull was read whole: until its activation the pair from before, afterwards another.
    /// </summary>
    private static void AssertOldOrNew(CardTruth before, CardTruth now)
    {
        if (before.UserAuthentication is { } kept && before.Signature is not null)
            Assert.Equal(kept, now.UserAuthentication);
        Assert.True(before.Signature is null || now.Signature is not null, "The old pair is gone and no new one is there.");
    }

    /// <summary>A procedure to be disturbed.</summary>
    /// <param name="Before">What happened in the resident's life up to it, undisturbed.</param>
    /// <param name="Fees">How many applications are settled in the end, all free.</param>
    private sealed record Procedure(Func<Visit, Task> Before, Func<Visit, Task<ProcedureResult>> Run, int Fees);
}
