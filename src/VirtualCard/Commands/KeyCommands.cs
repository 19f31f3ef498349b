using System.Security.Cryptography;
using Jpki.VirtualCard.Apdus;
using Jpki.VirtualCard.Files;
using Jpki.VirtualCard.Keys;
using Jpki.VirtualCard.State;

namespace Jpki.VirtualCard.Commands;

/// <summary>GENERATE ASYMMETRIC KEY PAIR, GET RESPONSE and COMPUTE DIGITAL SIGNATURE (ISO 7816-8, 7816-4).</summary>
internal sealed class KeyCommands(CardContext card)
{
    private const byte UserAuthenticationReference = 0x97;
    private const byte PendingKey = 0x80;

    /// <summary>Algorithm 07, RSA-2048, in a control reference template: the only template this card takes.</summary>
    private static readonly byte[] Rsa2048Template = [0xAC, 0x03, 0x80, 0x01, 0x07];

    /// <summary>鍵ペア生成 (simulated) into the pending slot. The pair in use stays; what was pending before is discarded whole.</summary>
    public CardAnswer GenerateKeyPair(CommandApdu command)
    {
        if (!card.Session.IsJpki)
            return StatusWord.ConditionsNotSatisfied;
        if (!card.Session.HasIssuerRight)
            return StatusWord.SecurityStatusNotSatisfied;
        if (!command.Data.AsSpan().SequenceEqual(Rsa2048Template))
            return StatusWord.WrongData;

        var key = command.P2 == UserAuthenticationReference ? KeyObject.UserAuthentication : KeyObject.Signature;
        var pair = card.Keys.Take();
        card.Commit(card.State.With(key, card.State.Keys[key] with { PendingKey = pair, PendingCertificate = null }));
        card.Session.Waiting = PublicKeyTemplate(RawRsa.PublicKeyOf(pair));
        return CardAnswer.Chained(default, card.Session.Waiting.Length);
    }

    public CardAnswer GetResponse(CommandApdu command)
    {
        var waiting = card.Session.Waiting;
        if (waiting.IsEmpty)
            return StatusWord.ConditionsNotSatisfied;
        var length = Math.Min(command.Le!.Value, waiting.Length);
        card.Session.Waiting = waiting[length..];
        return CardAnswer.Chained(waiting[..length], card.Session.Waiting.Length);
    }

    /// <summary>署名 with the selected key. With the pending one (proof of possession) for the issuer only.</summary>
    public CardAnswer ComputeSignature(CommandApdu command)
    {
        if (card.Session.File is not KeyFile file)
            return StatusWord.CommandNotAllowed;
        var pending = command.P1 == PendingKey;
        if ((pending && !card.Session.HasIssuerRight) || !card.Session.IsVerified(file.Pin))
            return StatusWord.SecurityStatusNotSatisfied;
        var slot = card.State.Keys[file.Key];
        if ((pending ? slot.PendingKey : slot.Key) is not { } key)
            return StatusWord.ConditionsNotSatisfied;
        return command.Data.Length is >= 1 and <= RawRsa.MaximumDigestInfo
            ? CardAnswer.Success(RawRsa.Sign(key, command.Data))
            : StatusWord.WrongLength;
    }

    /// <summary>7F49 { 81 modulus, 82 exponent } (ISO 7816-8): 270 bytes for RSA-2048.</summary>
    private static byte[] PublicKeyTemplate(RSAParameters key)
    {
        byte[] body = [0x81, 0x82, 0x01, 0x00, .. key.Modulus!, 0x82, 0x03, .. key.Exponent!];
        return [0x7F, 0x49, 0x82, (byte)(body.Length >> 8), (byte)body.Length, .. body];
    }
}
