using Jpki.Counter.Gateway.Cards;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>一時停止の解除: the card was found; with the card and a PIN of it, the hold by loss report is lifted (S32).</summary>
public sealed class ReleaseProcedure(Counter counter, ResidentId resident, IdentityCheck identified)
{
    private readonly CommandId _release = new(Guid.CreateVersion7());

    public async Task<ProcedureResult> RunAsync(CancellationToken cancellationToken)
    {
        using var wallet = new PinWallet(counter.Front);
        return await CardVisit.RunAsync(counter, (session, token) => AttemptAsync(session, wallet, token), cancellationToken);
    }

    private async Task<Step<ProcedureResult.Completed>> AttemptAsync(CardSession session, PinWallet wallet, CancellationToken cancellationToken)
    {
        counter.Front.Show(Steps.VerifyPin());
        if (!(await session.SelectJpkiAsync(cancellationToken)).Try(out var jpki, out var stop)
            || !(await jpki.ReadPresenceAsync(cancellationToken)).Try(out var presence, out stop))
            return stop;

        var kind = presence.UserAuthentication ? CertificateKind.UserAuthentication : CertificateKind.Signature;
        if (!(await wallet.VerifyAsync(jpki.Pin(Slots.Of(kind)), Slots.PinOf(kind), cancellationToken)).Try(out _, out stop)
            || !(await CardVisit.PresentAsync(session, wallet.Verified, cancellationToken)).Try(out var presented, out stop))
            return stop;

        counter.Front.Show(Steps.Release());
        var command = new ReleaseCertificates(presented, identified);
        return (await counter.BackOffice.SubmitAsync(resident, _release, command, cancellationToken)).Try(out _, out stop)
            ? new ProcedureResult.Completed("一時停止を解除しました。", "The hold is released.")
            : stop;
    }
}
