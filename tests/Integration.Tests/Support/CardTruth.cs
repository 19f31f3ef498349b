using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Apdu.Commands;
using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Cards;
using Jpki.Domain;

namespace Jpki.Integration.Tests.Support;

/// <summary>
/// What the card itself says: the serial number of the certificate of each kind it carries, null where it carries none. Reading it proves
/// that what is there is whole: the certificate parses, and its key, in use with the PIN, made a signature that the certificate verifies.
/// </summary>
internal sealed record CardTruth(string? Signature, string? UserAuthentication)
{
    private static readonly byte[] _message = [1, 2, 3];

    public string? this[CertificateKind kind] => kind == CertificateKind.Signature ? Signature : UserAuthentication;

    public static async Task<CardTruth> ReadAsync(string reader, Person person)
    {
        await using var session = Value(await CardSession.OpenAsync(reader));
        var jpki = Value(await session.SelectJpkiAsync());
        var presence = Value(await jpki.ReadPresenceAsync());
        return new CardTruth(
            presence.Signature ? await ReadAsync(jpki, JpkiSlot.Signature, person.Pins[PinKind.Signature]) : null,
            presence.UserAuthentication ? await ReadAsync(jpki, JpkiSlot.UserAuthentication, person.Pins[PinKind.UserAuthentication]) : null);
    }

    /// <summary>The face data, with the PIN that guards it.</summary>
    public static async Task<FaceAttributes> ReadFaceAsync(string reader, Person person)
    {
        await using var session = Value(await CardSession.OpenAsync(reader));
        var face = Value(await session.SelectCardFaceAsync());
        Assert.IsType<PinVerification.Verified>(Value(await face.Pin.VerifyAsync(Typed(person.Pins[PinKind.CardFace]))));
        return Value(await face.ReadAttributesAsync());
    }

    /// <summary>Whether the card takes a PIN, and how many tries it leaves otherwise.</summary>
    public static async Task<PinVerification> TryPinAsync(string reader, JpkiSlot slot, string pin)
    {
        await using var session = Value(await CardSession.OpenAsync(reader));
        return Value(await Value(await session.SelectJpkiAsync()).Pin(slot).VerifyAsync(Typed(pin)));
    }

    private static async Task<string> ReadAsync(JpkiApplet jpki, JpkiSlot slot, string pin)
    {
        Assert.IsType<PinVerification.Verified>(Value(await jpki.Pin(slot).VerifyAsync(Typed(pin))));
        using var certificate = X509CertificateLoader.LoadCertificate(Value(await jpki.ReadCertificateAsync(slot)));
        var signature = Value(await jpki.SignAsync(slot, DigestInfo.Sha256(_message)));
        using var key = certificate.GetRSAPublicKey()!;
        Assert.True(key.VerifyData(_message, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), "The card's key is not its certificate's.");
        return certificate.SerialNumber.ToLowerInvariant();
    }

    private static Pin Typed(string pin) => Pin.TryCreate(pin, out var typed) ? typed : throw new ArgumentException("Not a PIN.");

    private static T Value<T>(CardResult<T> result) =>
        result.TryGet(out var value, out var failure) ? value : throw new Xunit.Sdk.XunitException($"The card failed: {failure.Code}");
}
