using Jpki.Counter.Gateway.Cards;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>
/// 発行・再発行: an application for certificates on a card the resident holds (S16–S21), from the PIN to the confirmed writing. An application
/// found half done is carried on, whoever began it; a card face that is not current is updated first, in the same visit (S25).
/// </summary>
public sealed class IssueProcedure(
    Counter counter, ResidentId resident, IReadOnlyList<CertificateKind> kinds, IdentityCheck identified)
{
    private readonly CommandId _application = new(Guid.CreateVersion7());

    public async Task<ProcedureResult> RunAsync(CancellationToken cancellationToken)
    {
        using var wallet = new PinWallet(counter.Front);
        return await CardVisit.RunAsync(counter, (session, token) => AttemptAsync(session, wallet, token), cancellationToken);
    }

    private async Task<Step<ProcedureResult.Completed>> AttemptAsync(CardSession session, PinWallet wallet, CancellationToken cancellationToken)
    {
        if (!(await counter.BackOffice.LookAsync(resident, cancellationToken)).Try(out var view, out var stop)
            || !(await OpenApplicationAsync(session, wallet, view, cancellationToken)).Try(out var opened, out stop))
            return stop;

        var writing = new CertificateWriting(counter, resident, session, wallet);
        return await writing.WriteAllAsync(opened, cancellationToken);
    }

    private async Task<Step<ResidentView>> OpenApplicationAsync(
        CardSession session, PinWallet wallet, ResidentView view, CancellationToken cancellationToken)
    {
        if (view.Card is { FaceIsCurrent: false })
        {
            var face = new CardFaceWriting(counter, resident, session);
            if (!(await face.WriteAsync(view, wallet.Verified, cancellationToken)).Try(out _, out var unwritten))
                return unwritten;
        }

        if (view.Application is { } found)
        {
            counter.Front.Show(found.Id == _application ? Steps.CarryOn() : Steps.CarryOnEarlier());
            return view;
        }

        // Everything was confirmed before the card was pulled or an answer lost.
        if (wallet.Verified.Count > 0 && kinds.All(kind => view.Carried(kind) is not null) && await WasDoneAsync(cancellationToken))
            return view;

        return await ApplyAsync(session, wallet, cancellationToken);
    }

    private async Task<bool> WasDoneAsync(CancellationToken cancellationToken) =>
        (await counter.BackOffice.HistoryAsync(resident, cancellationToken)).Try(out var history, out _)
        && history.Any(each => each.Provenance.CommandId == _application);

    private async Task<Step<ResidentView>> ApplyAsync(CardSession session, PinWallet wallet, CancellationToken cancellationToken)
    {
        counter.Front.Show(Steps.VerifyPin());
        foreach (var kind in kinds)
        {
            if (!(await VerifyOwnPinAsync(session, kind, wallet, cancellationToken)).Try(out _, out var unverified))
                return unverified;
        }

        if (!(await CardVisit.PresentAsync(session, wallet.Verified, cancellationToken)).Try(out var presented, out var stop))
            return stop;

        counter.Front.Show(Steps.Apply());
        var command = new ApplyForCertificates(presented, kinds, identified);
        if (!(await counter.BackOffice.SubmitAsync(resident, _application, command, cancellationToken)).Try(out var answer, out stop))
            return stop;

        counter.Front.Show(answer.Events.Select(each => each.Event).OfType<FeeCharged>().SingleOrDefault() is { } fee ? Steps.Fee(fee.Yen) : Steps.NoFee());
        return await counter.BackOffice.LookAsync(resident, cancellationToken);
    }

    /// <summary>The PIN of the kind itself where the card has one, otherwise the card's own (S16).</summary>
    private static async Task<Step<PinKind>> VerifyOwnPinAsync(
        CardSession session, CertificateKind kind, PinWallet wallet, CancellationToken cancellationToken)
    {
        if (!(await session.SelectJpkiAsync(cancellationToken)).Try(out var jpki, out var stop)
            || !(await jpki.ReadPresenceAsync(cancellationToken)).Try(out var presence, out stop))
            return stop;

        var slot = Slots.Of(kind);
        if (presence.Holds(slot))
            return (await wallet.VerifyAsync(jpki.Pin(slot), Slots.PinOf(kind), cancellationToken)).Try(out _, out stop) ? Slots.PinOf(kind) : stop;

        return (await session.SelectBasicRegisterAsync(cancellationToken)).Try(out var register, out stop)
            && (await wallet.VerifyAsync(register.Pin, PinKind.BasicRegister, cancellationToken)).Try(out _, out stop)
            ? PinKind.BasicRegister
            : stop;
    }
}
