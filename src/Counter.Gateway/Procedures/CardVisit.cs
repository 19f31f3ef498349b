using Jpki.Counter.Gateway.Cards;
using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>
/// Runs a procedure until it is whole: each attempt opens a new card session and finds out from card and back office what is done already.
/// So a pulled card, a mute card, a vanished daemon or an unreachable back office is answered by asking for it and trying again.
/// </summary>
public static class CardVisit
{
    /// <param name="counter">Where.</param>
    /// <param name="attempt">One attempt, which must be repeatable from any point where it may have been cut off.</param>
    /// <param name="cancellationToken">The clerk closes the procedure.</param>
    public static async Task<ProcedureResult> RunAsync(
        Counter counter, Func<CardSession, CancellationToken, Task<Step<ProcedureResult.Completed>>> attempt, CancellationToken cancellationToken)
    {
        CardSerial? card = null;
        while (true)
        {
            var step = await AttemptAsync(counter, card, serial => card ??= serial, attempt, cancellationToken);
            if (step.Try(out var completed, out var stop))
                return completed;
            if (!stop.CanContinue)
                return new ProcedureResult.Stopped(stop);
            if (!await counter.Front.ContinueAsync(stop, cancellationToken))
                return new ProcedureResult.Stopped(Stop.Cancelled());
        }
    }

    private static async Task<Step<ProcedureResult.Completed>> AttemptAsync(
        Counter counter,
        CardSerial? expected,
        Action<CardSerial> remember,
        Func<CardSession, CancellationToken, Task<Step<ProcedureResult.Completed>>> attempt,
        CancellationToken cancellationToken)
    {
        if (!(await CardSession.OpenAsync(counter.Reader, counter.Card, cancellationToken)).Try(out var session, out var stop))
            return stop;

        await using (session)
        {
            if (expected is { } first && first != session.Serial)
                return Stop.From(new Apdu.CardFailure.CardChanged());

            remember(session.Serial);
            return await attempt(session, cancellationToken);
        }
    }

    /// <summary>What the card says of itself, and which PINs it verified so far.</summary>
    public static async Task<Step<Domain.Residents.PresentedCard>> PresentAsync(
        CardSession session, IReadOnlyList<PinKind> verifiedPins, CancellationToken cancellationToken)
    {
        if (!(await session.SelectCommonAsync(cancellationToken)).Try(out var common, out var stop)
            || !(await common.ReadRecordAsync(cancellationToken)).Try(out var record, out stop))
            return stop;

        return MunicipalityCode.TryParse(record.MunicipalityCode, null, out var municipality)
            ? new Domain.Residents.PresentedCard(session.Serial, municipality, record.ValidUntil, verifiedPins)
            : Stop.From(new Apdu.CardFailure.UnreadableContent());
    }
}
