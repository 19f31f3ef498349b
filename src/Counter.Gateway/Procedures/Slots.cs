using Jpki.Counter.Gateway.Applets;
using Jpki.Domain;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>From the domain's kinds to the card's places.</summary>
internal static class Slots
{
    public static JpkiSlot Of(CertificateKind kind) => kind switch
    {
        CertificateKind.Signature => JpkiSlot.Signature,
        CertificateKind.UserAuthentication => JpkiSlot.UserAuthentication,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    public static PinKind PinOf(CertificateKind kind) =>
        kind == CertificateKind.Signature ? PinKind.Signature : PinKind.UserAuthentication;
}
