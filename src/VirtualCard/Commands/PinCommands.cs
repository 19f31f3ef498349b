using System.Security.Cryptography;
using System.Text;
using Jpki.VirtualCard.Apdus;
using Jpki.VirtualCard.Files;
using Jpki.VirtualCard.State;

namespace Jpki.VirtualCard.Commands;

/// <summary>VERIFY, CHANGE REFERENCE DATA and RESET RETRY COUNTER (ISO 7816-4, 11.6), on the selected PIN EF.</summary>
internal sealed class PinCommands(CardContext card)
{
    /// <summary>照合. Without data it asks for the tries left, whatever the state.</summary>
    public CardAnswer Verify(CommandApdu command)
    {
        if (card.Session.File is not PinFile { Pin: var pin })
            return StatusWord.CommandNotAllowed;
        var state = card.State.Pins[pin];
        if (command.Data.Length == 0)
            return CardAnswer.TriesLeft(state.TriesLeft);
        if (state.TriesLeft == 0)
            return StatusWord.PinBlocked;

        // The try is spent, and durably so, before comparing: pulling the card cannot buy a free guess.
        var tries = state.TriesLeft - 1;
        card.Session.EndVerification(pin);
        card.Commit(card.State.With(pin, state with { TriesLeft = tries }));
        if (!Matches(state, command.Data))
            return CardAnswer.TriesLeft(tries);

        card.Commit(card.State.With(pin, state with { TriesLeft = PinRules.MaximumTries(pin) }));
        card.Session.MarkVerified(pin);
        return StatusWord.Success;
    }

    /// <summary>変更 by the holder, who has verified the old PIN in this session; the verified state stays.</summary>
    public CardAnswer Change(CommandApdu command)
    {
        if (card.Session.File is not PinFile { Pin: var pin })
            return StatusWord.CommandNotAllowed;
        return card.Session.IsVerified(pin) ? Put(pin, command.Data) : StatusWord.SecurityStatusNotSatisfied;
    }

    /// <summary>初期化・ロック解除 by the issuer, without the old PIN; whoever had verified it has to do so again.</summary>
    public CardAnswer SetByIssuer(CommandApdu command)
    {
        if (card.Session.File is not PinFile { Pin: var pin })
            return StatusWord.CommandNotAllowed;
        if (!card.Session.HasIssuerRight)
            return StatusWord.SecurityStatusNotSatisfied;
        var answer = Put(pin, command.Data);
        if (answer == StatusWord.Success)
            card.Session.EndVerification(pin);
        return answer;
    }

    private CardAnswer Put(PinObject pin, byte[] value)
    {
        if (!PinRules.Accepts(pin, value))
            return StatusWord.WrongData;
        card.Commit(card.State.With(pin, PinRules.Fresh(pin, value)));
        return StatusWord.Success;
    }

    private static bool Matches(PinState state, byte[] presented) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(state.Value ?? ""), presented);
}
