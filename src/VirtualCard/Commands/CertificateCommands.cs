using System.Buffers.Binary;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.VirtualCard.Apdus;
using Jpki.VirtualCard.Files;
using Jpki.VirtualCard.Keys;
using Jpki.VirtualCard.State;

namespace Jpki.VirtualCard.Commands;

/// <summary>ACTIVATE FILE and DEACTIVATE FILE (ISO 7816-9) on a certificate, named in the data (simulated).</summary>
internal sealed class CertificateCommands(CardContext card)
{
    private const byte Filler = 0xFF;

    /// <summary>Pending key and certificate become current in one step, or nothing changes.</summary>
    public CardAnswer Activate(CommandApdu command) => OnCertificate(command, (key, slot) =>
    {
        if (slot is not { PendingKey: { } pair, PendingCertificate: { } image } || !Carries(image, pair))
            return StatusWord.ConditionsNotSatisfied;
        card.Commit(card.State.With(key, new KeySlot(pair, image, null, null)));
        return StatusWord.Success;
    });

    /// <summary>Erases the current certificate with its key; a pending pair is left alone. Doing it twice is no error.</summary>
    public CardAnswer Clear(CommandApdu command) => OnCertificate(command, (key, slot) =>
    {
        card.Commit(card.State.With(key, slot with { Key = null, Certificate = null }));
        return StatusWord.Success;
    });

    private CardAnswer OnCertificate(CommandApdu command, Func<KeyObject, KeySlot, CardAnswer> change)
    {
        if (!card.Session.IsJpki)
            return StatusWord.ConditionsNotSatisfied;
        if (!card.Session.HasIssuerRight)
            return StatusWord.SecurityStatusNotSatisfied;
        if (command.Data.Length != sizeof(ushort))
            return StatusWord.WrongLength;
        return CardLayout.KeyOfCertificate(BinaryPrimitives.ReadUInt16BigEndian(command.Data)) is { } key
            ? change(key, card.State.Keys[key])
            : StatusWord.FileNotFound;
    }

    /// <summary>Whether the image is one certificate, followed by nothing but filler, whose public key belongs to this pair.</summary>
    private static bool Carries(byte[] image, byte[] pair)
    {
        try
        {
            AsnDecoder.ReadEncodedValue(image, AsnEncodingRules.DER, out _, out _, out var length);
            if (image.AsSpan(length).ContainsAnyExcept(Filler))
                return false;
            using var certificate = X509CertificateLoader.LoadCertificate(image.AsSpan(0, length));
            using var certified = certificate.GetRSAPublicKey();
            var own = RawRsa.PublicKeyOf(pair);
            return certified?.ExportParameters(false) is { } named
                && named.Modulus.AsSpan().SequenceEqual(own.Modulus) && named.Exponent.AsSpan().SequenceEqual(own.Exponent);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return false;
        }
    }
}
