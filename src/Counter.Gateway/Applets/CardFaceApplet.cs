using Jpki.Counter.Gateway.Apdu;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>The card-face input application (券面事項入力補助AP): the four attributes as text.</summary>
public sealed class CardFaceApplet
{
    private static readonly byte[] ApplicationId = Convert.FromHexString("D3921000310001010408");
    private static readonly FileId AttributesFile = new(0x0002);
    private static readonly FileId PinFile = new(0x0011);

    private readonly ICardChannel _channel;
    private readonly WriteGuard _guard;

    /// <param name="channel">A channel on which this application is selected, and stays so.</param>
    /// <param name="sameCard">Asked before everything that changes the card.</param>
    public CardFaceApplet(ICardChannel channel, SameCardCheck sameCard) =>
        (_channel, _guard, Pin) = (channel, new WriteGuard(sameCard), new CardPin(channel, PinFile, sameCard));

    public static ReadOnlyMemory<byte> Aid => ApplicationId;

    /// <summary>4 digits, 3 tries.</summary>
    public CardPin Pin { get; }

    /// <summary>The four attributes (基本4情報). Needs the PIN verified.</summary>
    public Task<CardResult<FaceAttributes>> ReadAttributesAsync(CancellationToken cancellationToken = default) =>
        _channel.ReadObjectAsync(AttributesFile, FaceAttributes.Tag, cancellationToken)
            .Interpret(content => FaceAttributes.Parse(content));

    /// <summary>Writes the four attributes in place (S25; simulated; issuer right). Interrupted, it is done again from the start.</summary>
    public Task<CardResult<Done>> WriteAttributesAsync(FaceAttributes attributes, CancellationToken cancellationToken = default) =>
        _guard.WriteAsync(() => _channel.WriteFileAsync(AttributesFile, attributes.Encode(), cancellationToken), cancellationToken);
}
