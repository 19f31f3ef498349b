using System.Security.Cryptography;
using Jpki.VirtualCard.Apdus;
using Jpki.VirtualCard.State;

namespace Jpki.VirtualCard.Commands;

/// <summary>
/// 端末認証 (simulated): a terminal shows a certificate, signs a challenge, and holds the issuer right until the session ends.
/// What the real card asks of a counter's terminal is not public.
/// </summary>
internal sealed class TerminalAuthentication(CardContext card)
{
    private const int ChallengeLength = 16;

    /// <summary>Whatever comes of it, the terminal before this one has lost its standing.</summary>
    public CardAnswer PresentCertificate(CommandApdu command)
    {
        if (!card.Session.IsJpki)
            return StatusWord.ConditionsNotSatisfied;
        card.Session.Face(null);
        if (command.Data.Length != TerminalCertificate.Length)
            return StatusWord.WrongLength;
        if (TerminalCertificate.Accept(command.Data, card.State.TerminalAuthority, card.Today) is not { } terminal)
            return StatusWord.AuthenticationFailed;
        card.Session.Face(terminal);
        return StatusWord.Success;
    }

    /// <summary>乱数. Any length is given; only one of exactly 16 bytes can be signed, and a shorter one does not replace it.</summary>
    public CardAnswer GetChallenge(CommandApdu command)
    {
        var random = RandomNumberGenerator.GetBytes(command.Le!.Value);
        if (random.Length == ChallengeLength)
            card.Session.Challenge = random;
        return CardAnswer.Success(random);
    }

    /// <summary>Every attempt spends the challenge, and one that fails for any reason drops a right held from before.</summary>
    public CardAnswer ExternalAuthenticate(CommandApdu command)
    {
        var (terminal, challenge) = (card.Session.Terminal, card.Session.Challenge);
        card.Session.Challenge = null;
        card.Session.HasIssuerRight = false;
        if (terminal is null || challenge is null)
            return StatusWord.ConditionsNotSatisfied;
        if (command.Data.Length != P256Signature.Length)
            return StatusWord.WrongLength;
        if (!terminal.HasSigned(challenge, command.Data))
            return StatusWord.AuthenticationFailed;
        card.Session.HasIssuerRight = true;
        return StatusWord.Success;
    }
}
