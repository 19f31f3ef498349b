using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Pki.Ocsp;

/// <summary>有効性の台帳: where the responder learns what became of the certificates that were issued.</summary>
public interface IRevocationStatusSource
{
    /// <returns>As committed when asked or later; what was never issued is absent.</returns>
    /// <exception cref="RevocationStatusUnavailableException">The register does not answer.</exception>
    Task<IReadOnlyDictionary<SerialNumber, RegisteredCertificate>> FindAsync(
        IReadOnlyCollection<SerialNumber> serials, CancellationToken cancellationToken);
}

/// <summary>The register of issued certificates does not answer; asking again may help.</summary>
public sealed class RevocationStatusUnavailableException(Exception cause) : Exception("The register of issued certificates does not answer.", cause);
