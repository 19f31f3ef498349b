using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Cards;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>券面更新: writes the registry's present data to the card's face file and records it (S25). Repeating it changes nothing.</summary>
internal sealed class CardFaceWriting(Counter counter, ResidentId resident, CardSession session)
{
    public async Task<Step<CommandAnswer>> WriteAsync(
        ResidentView view, IReadOnlyList<PinKind> verifiedPins, CancellationToken cancellationToken)
    {
        if (view is not { Attributes: { } attributes, Card: { } card })
            return Stop.From(Refusals.NoCard());
        if (card.Serial != session.Serial)
            return Stop.From(Refusals.CardOfAnotherResident());

        counter.Front.Show(Steps.WriteFace());
        if (!(await session.SelectJpkiAsync(cancellationToken)).Try(out var jpki, out var stop)
            || !(await jpki.AuthenticateTerminalAsync(counter.Terminal, cancellationToken)).Try(out _, out stop)
            || !(await session.SelectCardFaceAsync(cancellationToken)).Try(out var face, out stop)
            || !(await face.WriteAttributesAsync(ToFace(attributes), cancellationToken)).Try(out _, out stop)
            || !(await CardVisit.PresentAsync(session, verifiedPins, cancellationToken)).Try(out var presented, out stop))
            return stop;

        var id = CommandId.Derived("record-card-face-update", resident.ToString(), view.Version.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return await counter.BackOffice.SubmitAsync(resident, id, new RecordCardFaceUpdate(presented, attributes), cancellationToken);
    }

    private static FaceAttributes ToFace(FourAttributes attributes) =>
        new(attributes.Name, attributes.Address, attributes.BirthDate, (char)('0' + (int)attributes.Sex));
}

/// <summary>券面更新の手続き, by itself.</summary>
public sealed class CardFaceProcedure(Counter counter, ResidentId resident)
{
    public Task<ProcedureResult> RunAsync(CancellationToken cancellationToken) =>
        CardVisit.RunAsync(counter, AttemptAsync, cancellationToken);

    private async Task<Step<ProcedureResult.Completed>> AttemptAsync(CardSession session, CancellationToken cancellationToken)
    {
        if (!(await counter.BackOffice.LookAsync(resident, cancellationToken)).Try(out var view, out var stop)
            || !(await new CardFaceWriting(counter, resident, session).WriteAsync(view, [], cancellationToken)).Try(out _, out stop))
            return stop;

        return new ProcedureResult.Completed("券面の情報を更新しました。", "The card's face data is current.");
    }
}
