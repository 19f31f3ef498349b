using System.Formats.Asn1;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Apdu.Commands;
using Jpki.Domain.Identifiers;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>The JPKI application (公的個人認証AP): certificates, keys and their PINs.</summary>
public sealed class JpkiApplet
{
    private static readonly byte[] ApplicationId = Convert.FromHexString("D392F000260100000001");
    private static readonly FileId TokenInfoFile = new(0x0006);
    private static readonly FileId PresenceFile = new(0x0008);

    private readonly ICardChannel _channel;
    private readonly SameCardCheck _sameCard;

    /// <param name="channel">A channel on which this application is selected, and stays so.</param>
    /// <param name="sameCard">Asked before everything that changes the card.</param>
    public JpkiApplet(ICardChannel channel, SameCardCheck sameCard) => (_channel, _sameCard) = (channel, sameCard);

    /// <summary>The application's identifier (ISO 7816-4 §12.2.3).</summary>
    public static ReadOnlyMemory<byte> Aid => ApplicationId;

    public Task<CardResult<TokenInfo>> ReadTokenInfoAsync(CancellationToken cancellationToken = default) =>
        _channel.ReadFileAsync(TokenInfoFile, 0, TokenInfo.Length, cancellationToken).Interpret(TokenInfo.Parse);

    /// <summary>The card's serial, from the token information: reading it here keeps verified PINs verified.</summary>
    public Task<CardResult<CardSerial>> ReadSerialAsync(CancellationToken cancellationToken = default) =>
        _channel.ReadFileAsync(TokenInfoFile, TokenInfo.SerialOffset, TokenInfo.SerialLength, cancellationToken)
            .Interpret(TokenInfo.ParseSerial);

    public Task<CardResult<JpkiPresence>> ReadPresenceAsync(CancellationToken cancellationToken = default) =>
        _channel.ReadFileAsync(PresenceFile, 0, JpkiPresence.Length, cancellationToken).Interpret(JpkiPresence.Parse);

    /// <summary>The current certificate, DER without filler.</summary>
    /// <returns>Refused 6982 for the signature certificate without its PIN, 6A82 where there is none.</returns>
    public Task<CardResult<byte[]>> ReadCertificateAsync(JpkiSlot slot, CancellationToken cancellationToken = default) =>
        _channel.ReadObjectAsync(slot.Certificate, Asn1Tag.Sequence, cancellationToken);

    /// <summary>The certificate of the authority that signed the current one, DER; free to read.</summary>
    public Task<CardResult<byte[]>> ReadAuthorityCertificateAsync(JpkiSlot slot, CancellationToken cancellationToken = default) =>
        _channel.ReadObjectAsync(slot.AuthorityCertificate, Asn1Tag.Sequence, cancellationToken);

    /// <summary>The PIN that guards this slot's key.</summary>
    public CardPin Pin(JpkiSlot slot) => new(_channel, slot.PinFile, _sameCard);

    /// <summary>Signs with the current key (RSASSA-PKCS1-v1_5, the padding made by the card). Needs its PIN verified.</summary>
    /// <param name="slot">Which key.</param>
    /// <param name="digestInfo">See <see cref="DigestInfo"/>.</param>
    /// <param name="cancellationToken">Looked at before the card is asked.</param>
    /// <returns>256 bytes.</returns>
    public Task<CardResult<byte[]>> SignAsync(
        JpkiSlot slot, ReadOnlyMemory<byte> digestInfo, CancellationToken cancellationToken = default) =>
        _channel.SelectAsync(slot.PrivateKey, cancellationToken)
            .Then(_ => _channel.SendAsync(new ComputeSignature(digestInfo, Pending: false), cancellationToken))
            .Select(signature => signature.ToArray());

    /// <summary>
    /// Proves the terminal to the card (simulated). What changes the card is on the object this gives, so it cannot be called without.
    /// </summary>
    /// <returns>Refused 6300 when the card does not accept certificate or signature.</returns>
    public Task<CardResult<JpkiPersonalisation>> AuthenticateTerminalAsync(
        ITerminal terminal, CancellationToken cancellationToken = default) =>
        _channel.SendAsync(new PresentTerminalCertificate(terminal.Certificate), cancellationToken)
            .Then(_ => _channel.SendAsync(new GetChallenge(), cancellationToken))
            .Then(challenge => _channel.SendAsync(
                new ExternalAuthenticate(terminal.Sign([.. challenge.Span, .. terminal.Id.Span])), cancellationToken))
            .Select(_ => new JpkiPersonalisation(_channel, new WriteGuard(_sameCard)));
}
