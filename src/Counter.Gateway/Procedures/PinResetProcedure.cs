using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Cards;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>
/// 暗証番号の再設定 (S27, S28): approved by the back office first, then written to the card, then confirmed. A reset that was approved and
/// never confirmed is carried on.
/// </summary>
public sealed class PinResetProcedure(Counter counter, ResidentId resident, IReadOnlyList<PinKind> pins, IdentityCheck identified)
{
    private readonly CommandId _approval = new(Guid.CreateVersion7());

    public async Task<ProcedureResult> RunAsync(CancellationToken cancellationToken)
    {
        // The card's own PIN is verified as it was, and may be among those chosen anew: two wallets, so that one is not taken for the other.
        using var present = new PinWallet(counter.Front);
        using var chosen = new PinWallet(counter.Front);
        return await CardVisit.RunAsync(counter, (session, token) => AttemptAsync(session, present, chosen, token), cancellationToken);
    }

    private async Task<Step<ProcedureResult.Completed>> AttemptAsync(
        CardSession session, PinWallet present, PinWallet chosen, CancellationToken cancellationToken)
    {
        if (!(await counter.BackOffice.LookAsync(resident, cancellationToken)).Try(out var view, out var stop)
            || !(await ApproveAsync(session, view, present, cancellationToken)).Try(out var approved, out stop)
            || !(await session.SelectJpkiAsync(cancellationToken)).Try(out var jpki, out stop)
            || !(await jpki.AuthenticateTerminalAsync(counter.Terminal, cancellationToken)).Try(out _, out stop))
            return stop;

        counter.Front.Show(Steps.SetPins());
        foreach (var kind in approved.Pins)
        {
            if (!(await chosen.NewAsync(kind, cancellationToken)).Try(out var pin, out stop)
                || !(await CardPins.OfAsync(session, kind, cancellationToken)).Try(out var card, out stop)
                || !(await card.SetAsync(pin, cancellationToken)).Try(out _, out stop))
                return stop;
        }

        var confirmation = CommandId.Derived("confirm-pin-reset", approved.Id.ToString());
        return (await counter.BackOffice.SubmitAsync(resident, confirmation, new ConfirmPinReset(approved.Id, session.Serial), cancellationToken))
            .Try(out _, out stop)
            ? new ProcedureResult.Completed("暗証番号を再設定しました。", "The PINs are reset.")
            : stop;
    }

    private async Task<Step<PinResetView>> ApproveAsync(
        CardSession session, ResidentView view, PinWallet present, CancellationToken cancellationToken)
    {
        if (view.PinReset is { } open && open.Card == session.Serial && (open.Id == _approval || open.Pins.SequenceEqual(pins)))
        {
            counter.Front.Show(Steps.CarryOn());
            return open;
        }

        if (!pins.Contains(PinKind.BasicRegister))
        {
            counter.Front.Show(Steps.VerifyPin());
            if (!(await CardPins.OfAsync(session, PinKind.BasicRegister, cancellationToken)).Try(out var own, out var unread)
                || !(await present.VerifyAsync(own, PinKind.BasicRegister, cancellationToken)).Try(out _, out unread))
                return unread;
        }

        if (!(await CardVisit.PresentAsync(session, present.Verified, cancellationToken)).Try(out var presented, out var stop))
            return stop;

        counter.Front.Show(Steps.ApprovePinReset());
        var command = new ApprovePinReset(presented, pins, identified);
        return (await counter.BackOffice.SubmitAsync(resident, _approval, command, cancellationToken)).Try(out _, out stop)
            ? new PinResetView(_approval, session.Serial, pins)
            : stop;
    }
}

/// <summary>Which application of the card each PIN lives in.</summary>
internal static class CardPins
{
    /// <summary>Selects the PIN's application; whatever was verified in another one is forgotten by the card, the issuer right is not.</summary>
    public static async Task<Step<CardPin>> OfAsync(CardSession session, PinKind kind, CancellationToken cancellationToken)
    {
        Stop? stop;
        switch (kind)
        {
            case PinKind.Signature or PinKind.UserAuthentication:
                var slot = kind == PinKind.Signature ? JpkiSlot.Signature : JpkiSlot.UserAuthentication;
                return (await session.SelectJpkiAsync(cancellationToken)).Try(out var jpki, out stop) ? jpki.Pin(slot) : stop;
            case PinKind.CardFace:
                return (await session.SelectCardFaceAsync(cancellationToken)).Try(out var face, out stop) ? face.Pin : stop;
            case PinKind.BasicRegister:
                return (await session.SelectBasicRegisterAsync(cancellationToken)).Try(out var register, out stop) ? register.Pin : stop;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }
}
