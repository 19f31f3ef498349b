using System.Security.Cryptography;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Cards;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>
/// カードへの書込み: from an open application to confirmed certificates: key pair on the card, proof of possession, order and signature at the
/// back office, writing, activation, reading back, confirmation. Each certificate begins where the one before was cut off.
/// </summary>
internal sealed class CertificateWriting(Counter counter, ResidentId resident, CardSession session, PinWallet wallet)
{
    /// <param name="view">The resident with the application open.</param>
    public async Task<Step<ProcedureResult.Completed>> WriteAllAsync(ResidentView view, CancellationToken cancellationToken)
    {
        if (view.Application is not { } application)
            return NothingToWrite(view);
        if (application.Card != session.Serial)
            return Stop.From(new CardFailure.CardChanged());

        if (!(await session.SelectJpkiAsync(cancellationToken)).Try(out var jpki, out var stop)
            || !(await jpki.AuthenticateTerminalAsync(counter.Terminal, cancellationToken)).Try(out var personalisation, out stop))
            return stop;

        foreach (var applied in application.Remaining)
        {
            var one = new OneCertificate(counter, resident, session.Serial, wallet, jpki, personalisation, applied.Kind);
            if (!(await one.WriteAsync(application.Id, Unconfirmed(view, applied.Kind), cancellationToken)).Try(out _, out stop))
                return stop;
        }

        return Done();
    }

    private static CertificateView? Unconfirmed(ResidentView view, CertificateKind kind) => view.Certificates.LastOrDefault(each =>
        each.Kind == kind && each.Status is not CertificateStatus.Revoked && (each.Sha256 is not null || each.Status is CertificateStatus.Ordered));

    // Either no kind was wanted, or all were confirmed before the last attempt was cut off.
    private static ProcedureResult.Completed NothingToWrite(ResidentView view) => view.Certificates.Count > 0
        ? Done()
        : new ProcedureResult.Completed("電子証明書なしで手続きを終えました。", "Done, without certificates.");

    private static ProcedureResult.Completed Done() => new(
        "電子証明書をカードに書き込み、確認しました。", "The certificates are on the card, read back and confirmed.");
}

/// <summary>One certificate of one kind, on a card with the issuer right.</summary>
internal sealed class OneCertificate(
    Counter counter,
    ResidentId resident,
    CardSerial card,
    PinWallet wallet,
    JpkiApplet jpki,
    JpkiPersonalisation personalisation,
    CertificateKind kind)
{
    private const string NoPendingKey = "no-pending-key";
    private const string OrderNotSigned = "not-issued";

    private readonly JpkiSlot _slot = Slots.Of(kind);

    /// <param name="application">The open application.</param>
    /// <param name="unconfirmed">A certificate ordered under it in an earlier attempt.</param>
    public async Task<Step<Done>> WriteAsync(CommandId application, CertificateView? unconfirmed, CancellationToken cancellationToken)
    {
        if (!(await HaveVerifiedPinAsync(cancellationToken)).Try(out _, out var stop))
            return stop;

        if (unconfirmed is not null)
        {
            counter.Front.Show(Steps.CarryOnWriting(kind));
            if (!(await FetchAsync(application, unconfirmed, cancellationToken)).Try(out var found, out stop))
                return stop;
            if (found is { } issued)
            {
                if (!(await PutOnCardAsync(issued.Der, cancellationToken)).Try(out var onCard, out stop))
                    return stop;
                if (onCard)
                    return await ConfirmAsync(issued.Serial, issued.Der, cancellationToken);
            }

            // The card lost the key, or the authority won't sign that order: a new key ends it.
        }

        if (!(await RequestAsync(application, cancellationToken)).Try(out var certificate, out stop)
            || !(await PutOnCardAsync(certificate.Der, cancellationToken)).Try(out var written, out stop))
            return stop;

        return written
            ? await ConfirmAsync(certificate.Serial, certificate.Der, cancellationToken)
            : Stop.From(new CardFailure.UnreadableContent());
    }

    /// <summary>The kind's PIN verified in this session, or chosen now when the card has none yet.</summary>
    private async Task<Step<Done>> HaveVerifiedPinAsync(CancellationToken cancellationToken)
    {
        var pinKind = Slots.PinOf(kind);
        var pin = jpki.Pin(_slot);
        if (!(await jpki.ReadPresenceAsync(cancellationToken)).Try(out var presence, out var stop)
            || !(await pin.ReadTriesLeftAsync(cancellationToken)).Try(out var tries, out stop))
            return stop;

        if (tries == 0 && !presence.Holds(_slot))
        {
            counter.Front.Show(Steps.SetPin(kind));
            if (!(await wallet.NewAsync(pinKind, cancellationToken)).Try(out var chosen, out stop)
                || !(await pin.SetAsync(chosen, cancellationToken)).Try(out _, out stop))
                return stop;
        }

        return (await wallet.VerifyAsync(pin, pinKind, cancellationToken)).Try(out _, out stop) ? default(Done) : stop;
    }

    /// <summary>The certificate of an earlier attempt. Where only its order is known, the same request sent again has it signed.</summary>
    /// <returns>None when the card has no pending key any more, or the order can't be signed.</returns>
    private async Task<Step<IssuedToWrite?>> FetchAsync(CommandId application, CertificateView unconfirmed, CancellationToken cancellationToken)
    {
        Stop? stop;
        if (unconfirmed is { Status: CertificateStatus.Ordered, PendingKey: { } key })
        {
            if ((await OrderAsync(application, key.ToArray(), cancellationToken)).Try(out var ordered, out stop))
                return ordered;
            return stop.Code is NoPendingKey or OrderNotSigned ? (IssuedToWrite?)null : stop;
        }

        return (await counter.BackOffice.CertificateAsync(resident, unconfirmed.Serial, cancellationToken)).Try(out var issued, out stop)
            ? new IssuedToWrite(unconfirmed.Serial, issued)
            : stop;
    }

    private async Task<Step<IssuedToWrite>> RequestAsync(CommandId application, CancellationToken cancellationToken)
    {
        counter.Front.Show(Steps.GenerateKey(kind));
        return (await personalisation.GenerateKeyPairAsync(_slot, cancellationToken)).Try(out var publicKey, out var stop)
            ? await OrderAsync(application, publicKey, cancellationToken)
            : stop;
    }

    /// <param name="publicKey">Of the pair pending on the card. The command id follows from it: sent again it is answered again.</param>
    private async Task<Step<IssuedToWrite>> OrderAsync(CommandId application, byte[] publicKey, CancellationToken cancellationToken)
    {
        counter.Front.Show(Steps.ProveKey(kind));
        var subject = RequestCertificate.ProofSubject(application, kind);
        var proof = await CertificationRequest.CreateAsync(personalisation, _slot, publicKey, subject, cancellationToken);
        if (proof.Failure is CardFailure.Refused { Status: var status } && status == StatusWord.ConditionsNotSatisfied)
            return KeyLost();
        if (!proof.Try(out var request, out var stop))
            return stop;

        counter.Front.Show(Steps.Order(kind));
        var id = CommandId.Derived("request-certificate", application.ToString(), kind.ToString(), Convert.ToHexString(SHA256.HashData(publicKey)));
        var command = new RequestCertificate(application, kind, Octets.From(request));
        if (!(await counter.BackOffice.SubmitAsync(resident, id, command, cancellationToken)).Try(out var answer, out stop))
            return stop;

        return answer.Events.Select(each => each.Event).OfType<CertificateIssued>().SingleOrDefault() is { } issued
            ? new IssuedToWrite(issued.Serial, issued.Certificate.ToArray())
            : NotIssued();
    }

    /// <returns>False when the card has no pending key for this certificate.</returns>
    private async Task<Step<bool>> PutOnCardAsync(byte[] certificate, CancellationToken cancellationToken)
    {
        if (!(await IsCurrentAsync(certificate, cancellationToken)).Try(out var current, out var stop))
            return stop;
        if (current)
            return true;

        counter.Front.Show(Steps.Write(kind));
        if (!(await WriteAuthorityCertificateAsync(cancellationToken)).Try(out _, out stop)
            || !(await personalisation.WriteCertificateAsync(_slot, certificate, cancellationToken)).Try(out _, out stop))
            return stop;

        counter.Front.Show(Steps.Activate(kind));
        var activated = await personalisation.ActivateAsync(_slot, cancellationToken);
        if (activated.Failure is CardFailure.Refused { Status: var status } && status == StatusWord.ConditionsNotSatisfied)
            return false;
        if (!activated.Try(out _, out stop))
            return stop;

        counter.Front.Show(Steps.ReadBack(kind));
        return await IsCurrentAsync(certificate, cancellationToken);
    }

    /// <summary>No certificate, or one that can't be read, is not this one; a card that is gone says nothing about it.</summary>
    private async Task<Step<bool>> IsCurrentAsync(byte[] certificate, CancellationToken cancellationToken)
    {
        var read = await jpki.ReadCertificateAsync(_slot, cancellationToken);
        return read.Failure is { EndsTheSession: true } gone
            ? Stop.From(gone)
            : read.TryGet(out var current, out _) && current.AsSpan().SequenceEqual(certificate);
    }

    private async Task<Step<Done>> WriteAuthorityCertificateAsync(CancellationToken cancellationToken)
    {
        if (!(await counter.BackOffice.AuthorityCertificateAsync(kind, cancellationToken)).Try(out var authority, out var stop))
            return stop;
        var present = await jpki.ReadAuthorityCertificateAsync(_slot, cancellationToken);
        if (present.Failure is null && present.Value.AsSpan().SequenceEqual(authority))
            return default(Done);

        return (await personalisation.WriteAuthorityCertificateAsync(_slot, authority, cancellationToken)).Try(out _, out stop) ? default(Done) : stop;
    }

    private async Task<Step<Done>> ConfirmAsync(SerialNumber serial, byte[] certificate, CancellationToken cancellationToken)
    {
        counter.Front.Show(Steps.Confirm(kind));
        var command = new ConfirmCertificate(serial, card, Convert.ToHexStringLower(SHA256.HashData(certificate)));
        var id = CommandId.Derived("confirm-certificate", serial.ToString());
        return (await counter.BackOffice.SubmitAsync(resident, id, command, cancellationToken)).Try(out _, out var stop) ? default(Done) : stop;
    }

    private static Stop KeyLost() => new(
        NoPendingKey, null,
        "カードに新しい鍵がありません。もう一度はじめから行ってください。",
        "The card holds no new key. Begin again.",
        false);

    private static Stop NotIssued() => new(
        OrderNotSigned, null,
        "発行時の検査に合格しなかったため、電子証明書は発行されませんでした。管理職員に連絡してください。申請は取り下げるか、新しい鍵で続きを行えます。",
        "The certificate failed its check and was not issued. Call a supervisor; abandon the application, or carry on with a new key.",
        false);
}

/// <summary>A certificate on its way to the card.</summary>
internal sealed record IssuedToWrite(SerialNumber Serial, byte[] Der);
