namespace Jpki.VirtualCard.Readers;

/// <summary>What happens to the card at one command.</summary>
public enum TamperDecision
{
    /// <summary>Nothing.</summary>
    LetPass,

    /// <summary>The card is pulled before the command reaches it.</summary>
    PullBefore,

    /// <summary>The card has carried the command out and is pulled before the answer leaves it.</summary>
    PullAfter,

    /// <summary>The card never answers this command, which it has not carried out, nor anything after it.</summary>
    MuteBefore,

    /// <summary>The card has carried the command out, and answers neither it nor anything after it.</summary>
    MuteAfter,
}

/// <summary>Decides, for tests, at which command a card is pulled or goes mute.</summary>
/// <param name="index">Number of the command since the card was inserted, from 0; resets do not restart it.</param>
/// <param name="apdu">The command as it came from the reader.</param>
public delegate TamperDecision Tamper(int index, ReadOnlyMemory<byte> apdu);
