using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Cards;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>
/// カードの交付: the hand-over is recorded, the resident chooses the PINs, and the certificates not opted out of are loaded (S3–S5), free.
/// </summary>
public sealed class HandOverProcedure(
    Counter counter, ResidentId resident, IReadOnlyList<CertificateKind> optedOut, IdentityCheck identified)
{
    private readonly CommandId _handOver = new(Guid.CreateVersion7());

    public async Task<ProcedureResult> RunAsync(CancellationToken cancellationToken)
    {
        using var wallet = new PinWallet(counter.Front);
        return await CardVisit.RunAsync(counter, (session, token) => AttemptAsync(session, wallet, token), cancellationToken);
    }

    private async Task<Step<ProcedureResult.Completed>> AttemptAsync(CardSession session, PinWallet wallet, CancellationToken cancellationToken)
    {
        counter.Front.Show(Steps.ReadCard());
        if (!(await counter.BackOffice.LookAsync(resident, cancellationToken)).Try(out var view, out var stop)
            || !(await RecordAsync(session, view, cancellationToken)).Try(out var recorded, out stop)
            || !(await SetCardPinsAsync(session, wallet, cancellationToken)).Try(out _, out stop))
            return stop;

        return await new CertificateWriting(counter, resident, session, wallet).WriteAllAsync(recorded, cancellationToken);
    }

    /// <summary>Sends the hand-over unless its application is open already; repeated, the same command id is answered again.</summary>
    private async Task<Step<ResidentView>> RecordAsync(CardSession session, ResidentView view, CancellationToken cancellationToken)
    {
        if (view.Application is not null && view.Card?.Serial == session.Serial)
        {
            counter.Front.Show(Steps.CarryOn());
            return view;
        }

        if (!(await CardVisit.PresentAsync(session, [], cancellationToken)).Try(out var presented, out var stop))
            return stop;

        counter.Front.Show(Steps.HandOver());
        var command = new HandOverCard(presented, optedOut, identified);
        return (await counter.BackOffice.SubmitAsync(resident, _handOver, command, cancellationToken)).Try(out _, out stop)
            ? await counter.BackOffice.LookAsync(resident, cancellationToken)
            : stop;
    }

    /// <summary>The card's own two PINs; those of the certificates are chosen as each is loaded. One that is set already stays.</summary>
    private async Task<Step<int>> SetCardPinsAsync(CardSession session, PinWallet wallet, CancellationToken cancellationToken)
    {
        counter.Front.Show(Steps.SetPins());
        if (!(await session.SelectJpkiAsync(cancellationToken)).Try(out var jpki, out var stop)
            || !(await jpki.AuthenticateTerminalAsync(counter.Terminal, cancellationToken)).Try(out _, out stop)
            || !(await session.SelectBasicRegisterAsync(cancellationToken)).Try(out var register, out stop)
            || !(await SetIfUnsetAsync(register.Pin, PinKind.BasicRegister, wallet, cancellationToken)).Try(out _, out stop)
            || !(await session.SelectCardFaceAsync(cancellationToken)).Try(out var face, out stop))
            return stop;

        return await SetIfUnsetAsync(face.Pin, PinKind.CardFace, wallet, cancellationToken);
    }

    private static async Task<Step<int>> SetIfUnsetAsync(CardPin pin, PinKind kind, PinWallet wallet, CancellationToken cancellationToken)
    {
        if (!(await pin.ReadTriesLeftAsync(cancellationToken)).Try(out var tries, out var stop))
            return stop;
        if (tries > 0)
            return tries;

        return (await wallet.NewAsync(kind, cancellationToken)).Try(out var chosen, out stop)
            && (await pin.SetAsync(chosen, cancellationToken)).Try(out _, out stop)
            ? 0
            : stop;
    }
}
