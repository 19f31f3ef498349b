using Jpki.Counter.Gateway.Apdu.Commands;
using Jpki.Counter.Gateway.Cards;
using Jpki.Domain;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>
/// 暗証番号の変更: the holder knows the present PIN and chooses another. It is the holder's own act, possible at any reader, so the back office
/// neither allows nor records it.
/// </summary>
public sealed class PinChangeProcedure(Counter counter, PinKind kind)
{
    public async Task<ProcedureResult> RunAsync(CancellationToken cancellationToken)
    {
        using var present = new PinWallet(counter.Front);
        using var chosen = new PinWallet(counter.Front);
        return await CardVisit.RunAsync(counter, (session, token) => AttemptAsync(session, present, chosen, token), cancellationToken);
    }

    private async Task<Step<ProcedureResult.Completed>> AttemptAsync(
        CardSession session, PinWallet present, PinWallet chosen, CancellationToken cancellationToken)
    {
        if (!(await CardPins.OfAsync(session, kind, cancellationToken)).Try(out var card, out var stop)
            || !(await present.VerifyAsync(card, kind, cancellationToken)).Try(out _, out stop)
            || !(await present.PresentAsync(kind, cancellationToken)).Try(out var old, out stop)
            || !(await chosen.NewAsync(kind, cancellationToken)).Try(out var pin, out stop))
            return stop;

        counter.Front.Show(Steps.ChangePin());
        if (!(await card.ChangeAsync(old, pin, cancellationToken)).Try(out var verification, out stop))
            return stop;

        return verification is PinVerification.Verified
            ? new ProcedureResult.Completed("暗証番号を変更しました。", "The PIN is changed.")
            : Stop.Cancelled();
    }
}
