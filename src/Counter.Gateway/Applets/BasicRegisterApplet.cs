using Jpki.Counter.Gateway.Apdu;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>The basic resident register application (住民基本台帳AP), of which the counter needs the PIN only (S28).</summary>
public sealed class BasicRegisterApplet
{
    private static readonly byte[] ApplicationId = Convert.FromHexString("D3921000310001010401");
    private static readonly FileId PinFile = new(0x001C);

    /// <param name="channel">A channel on which this application is selected, and stays so.</param>
    /// <param name="sameCard">Asked before everything that changes the card.</param>
    public BasicRegisterApplet(ICardChannel channel, SameCardCheck sameCard) => Pin = new CardPin(channel, PinFile, sameCard);

    public static ReadOnlyMemory<byte> Aid => ApplicationId;

    /// <summary>4 digits, 3 tries.</summary>
    public CardPin Pin { get; }
}
