using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Apdu.Commands;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>One PIN of the selected application (暗証番号).</summary>
public sealed class CardPin
{
    private readonly ICardChannel _channel;
    private readonly FileId _file;
    private readonly WriteGuard _guard;

    internal CardPin(ICardChannel channel, FileId file, SameCardCheck sameCard) =>
        (_channel, _file, _guard) = (channel, file, new WriteGuard(sameCard));

    /// <summary>Tries left; 0 = blocked, or never set. Costs no try.</summary>
    public Task<CardResult<int>> ReadTriesLeftAsync(CancellationToken cancellationToken = default) =>
        _channel.SelectAsync(_file, cancellationToken).Then(_ => _channel.SendAsync(new ReadTriesLeft(), cancellationToken));

    /// <summary>Verifies the PIN; it stays verified until an application is selected, or the card is reset or removed.</summary>
    public Task<CardResult<PinVerification>> VerifyAsync(Pin pin, CancellationToken cancellationToken = default) =>
        _channel.SelectAsync(_file, cancellationToken).Then(_ => _channel.SendAsync(new Verify(pin.Characters), cancellationToken));

    /// <summary>Changes the PIN for one who knows it. It stays verified.</summary>
    /// <returns>What the card said to <paramref name="current"/>; refused 6A80 when it does not take <paramref name="next"/>.</returns>
    public Task<CardResult<PinVerification>> ChangeAsync(Pin current, Pin next, CancellationToken cancellationToken = default) =>
        _guard.WriteAsync(
            () => VerifyAsync(current, cancellationToken).Then(verification => verification is PinVerification.Verified
                ? _channel.SendAsync(new ChangePin(next.Characters), cancellationToken).Select(_ => verification)
                : Task.FromResult<CardResult<PinVerification>>(verification)),
            cancellationToken);

    /// <summary>
    /// Sets the PIN without knowing the old one and gives all tries back (S27, S28; simulated; issuer right). Ends its verification.
    /// </summary>
    /// <returns>Refused 6982 without the issuer right, 6A80 when the card does not take the value.</returns>
    public Task<CardResult<Done>> SetAsync(Pin pin, CancellationToken cancellationToken = default) =>
        _guard.WriteAsync(
            () => _channel.SelectAsync(_file, cancellationToken)
                .Then(_ => _channel.SendAsync(new SetPin(pin.Characters), cancellationToken)),
            cancellationToken);
}
