using Jpki.Counter.Gateway.BackOffice;
using Jpki.Counter.Gateway.Cards;
using Jpki.Counter.Gateway.Procedures;
using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.VirtualCard;
using Desk = Jpki.Counter.Gateway.Procedures.Counter;

namespace Jpki.Integration.Tests.Support;

/// <summary>A resident with a card at a counter, and the procedures that can be done there.</summary>
internal sealed class Visit(TownHall hall, ReaderSlot slot, Person person, SoftCard card)
{
    private static readonly IdentityCheck _licence = new(IdentityDocument.DrivingLicence);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public TownHall Hall => hall;

    public ScriptedFront Front { get; } = new(person);

    public Person Person => person;

    public SoftCard Card => card;

    public ReaderSlot Slot => slot;

    /// <summary>The counter's line to the back office.</summary>
    public BackOfficeClient BackOffice { get; set; } = hall.Clerk;

    private Desk Desk => new(slot.Name, BackOffice, hall.Terminal, Front, new CardSessionOptions { Patience = TimeSpan.FromSeconds(30) });

    public Task<ProcedureResult> HandOverAsync(params CertificateKind[] without) => new HandOverProcedure(Desk, person.Id, without, _licence).RunAsync(Now);

    public Task<ProcedureResult> IssueAsync(params CertificateKind[] kinds) => new IssueProcedure(Desk, person.Id, kinds, _licence).RunAsync(Now);

    public Task<ProcedureResult> ReleaseAsync() => new ReleaseProcedure(Desk, person.Id, _licence).RunAsync(Now);

    public Task<ProcedureResult> ResetPinsAsync(params PinKind[] pins) => new PinResetProcedure(Desk, person.Id, pins, _licence).RunAsync(Now);

    public Task<ProcedureResult> ChangePinAsync(PinKind kind) => new PinChangeProcedure(Desk, kind).RunAsync(Now);

    public Task<ProcedureResult> UpdateFaceAsync() => new CardFaceProcedure(Desk, person.Id).RunAsync(Now);

    /// <summary>The card check, and what it found wrong.</summary>
    public async Task<IReadOnlyList<CheckFinding>> CheckAsync()
    {
        var check = new CardCheckProcedure(Desk, person.Id);
        Assert.IsType<ProcedureResult.Completed>(await check.RunAsync(Now));
        return check.Findings;
    }

    /// <summary>The clerk puts the same card back, whatever the interruption was, after looking at it.</summary>
    public void PutBackAndLook(Action<CardTruth> look) => Front.Continue = async _ =>
    {
        await slot.InsertAsync(card);
        look(await CardTruth.ReadAsync(slot.Name, person));
        return true;
    };

    /// <summary>On the counter's line something happens, once.</summary>
    public AccidentalLine Expecting(string text, Moment moment, Func<Task> accident)
    {
        var line = new AccidentalLine(text, moment, accident);
        BackOffice = new BackOfficeClient(hall.LineOver(line));
        return line;
    }

    /// <summary>Fails unless the procedure completed.</summary>
    public static void AssertCompleted(ProcedureResult result) =>
        Assert.True(result is ProcedureResult.Completed, result is ProcedureResult.Stopped { Why: var why } ? $"Stopped: {why.Code} ({why.Rule}) {why.English}" : "");

    /// <summary>Fails unless the procedure stopped for this reason.</summary>
    public static Stop AssertStopped(string code, ProcedureResult result)
    {
        var why = Assert.IsType<ProcedureResult.Stopped>(result).Why;
        Assert.Equal(code, why.Code);
        return why;
    }
}
