using System.Security.Cryptography;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Apdu.Commands;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>
/// What the issuer right allows in the JPKI application (simulated personalisation). Each step first makes sure of the card.
/// </summary>
/// <remarks>
/// The order of an issuance: <see cref="GenerateKeyPairAsync"/>, <see cref="SignWithPendingKeyAsync"/>,
/// <see cref="WriteCertificateAsync"/>, <see cref="ActivateAsync"/>. Until the last step the old pair works in full, after it the new one;
/// a card pulled in between keeps one or the other.
/// </remarks>
public sealed class JpkiPersonalisation
{
    private readonly ICardChannel _channel;
    private readonly WriteGuard _guard;

    internal JpkiPersonalisation(ICardChannel channel, WriteGuard guard) => (_channel, _guard) = (channel, guard);

    /// <summary>Makes an RSA-2048 key pair in the pending slot. Discards a key and certificate pending there.</summary>
    /// <returns>The public key as SubjectPublicKeyInfo (RFC 5280 §4.1), DER.</returns>
    public Task<CardResult<byte[]>> GenerateKeyPairAsync(JpkiSlot slot, CancellationToken cancellationToken = default) =>
        _guard.WriteAsync(() => _channel.SendAsync(new GenerateKeyPair(slot.KeyReference), cancellationToken), cancellationToken)
            .Interpret(ToSubjectPublicKeyInfo);

    /// <summary>Signs with the key not yet activated: proof of possession. Needs the slot's PIN verified.</summary>
    /// <returns>256 bytes; refused 6985 when no key is pending.</returns>
    public Task<CardResult<byte[]>> SignWithPendingKeyAsync(
        JpkiSlot slot, ReadOnlyMemory<byte> digestInfo, CancellationToken cancellationToken = default) =>
        _channel.SelectAsync(slot.PrivateKey, cancellationToken)
            .Then(_ => _channel.SendAsync(new ComputeSignature(digestInfo, Pending: true), cancellationToken))
            .Select(signature => signature.ToArray());

    /// <summary>Writes a certificate beside the current one. May be repeated; each time begins anew.</summary>
    /// <param name="slot">Which certificate.</param>
    /// <param name="certificate">DER, at most 4,096 bytes.</param>
    /// <param name="cancellationToken">Looked at before each piece.</param>
    public Task<CardResult<Done>> WriteCertificateAsync(
        JpkiSlot slot, ReadOnlyMemory<byte> certificate, CancellationToken cancellationToken = default) =>
        _guard.WriteAsync(() => _channel.WriteFileAsync(slot.Certificate, certificate, cancellationToken), cancellationToken);

    /// <summary>
    /// Writes the authority's certificate in place: pulled in the middle it is left partial, and is written again from the start.
    /// </summary>
    public Task<CardResult<Done>> WriteAuthorityCertificateAsync(
        JpkiSlot slot, ReadOnlyMemory<byte> certificate, CancellationToken cancellationToken = default) =>
        _guard.WriteAsync(() => _channel.WriteFileAsync(slot.AuthorityCertificate, certificate, cancellationToken), cancellationToken);

    /// <summary>Makes pending key and certificate the current ones.</summary>
    /// <returns>
    /// Refused 6985 unless the pending certificate carries the pending key; also when repeated. After a lost answer read the certificate
    /// and compare.
    /// </returns>
    public Task<CardResult<Done>> ActivateAsync(JpkiSlot slot, CancellationToken cancellationToken = default) =>
        _guard.WriteAsync(() => _channel.SendAsync(new ActivateFile(slot.Certificate), cancellationToken), cancellationToken);

    /// <summary>Erases the current certificate and its key. May be repeated.</summary>
    public Task<CardResult<Done>> ClearAsync(JpkiSlot slot, CancellationToken cancellationToken = default) =>
        _guard.WriteAsync(() => _channel.SendAsync(new DeactivateFile(slot.Certificate), cancellationToken), cancellationToken);

    private static CardResult<byte[]> ToSubjectPublicKeyInfo(RSAParameters publicKey)
    {
        using var rsa = RSA.Create(publicKey);
        return rsa.ExportSubjectPublicKeyInfo();
    }
}
