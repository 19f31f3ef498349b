using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Pki.Ocsp;

/// <summary>OCSPレスポンダ証明書: issued by a generation of an authority to a key pair of this process (RFC 6960 4.2.2.2).</summary>
/// <param name="AuthorityKeyId">The generation that signed, 40 lower-case hexadecimal digits.</param>
/// <param name="NotBefore">Inclusive.</param>
/// <param name="NotAfter">Inclusive.</param>
/// <param name="Encoded">DER.</param>
public sealed record ResponderCertificate(
    string AuthorityKeyId, SerialNumber Serial, DateTimeOffset NotBefore, DateTimeOffset NotAfter, Octets Encoded);

/// <summary>Told of every certificate that an authority gives to the responder: each use of an authority's key leaves a trace.</summary>
public interface IResponderJournal
{
    /// <summary>Called before anything is signed with it; when this throws, the certificate is not used.</summary>
    Task IssuedAsync(ResponderCertificate certificate, CancellationToken cancellationToken);

    /// <summary>The next certificate could not be made; the present one goes on, and it is tried again after a minute.</summary>
    void RotationFailed(string authorityKeyId, Exception cause);
}
