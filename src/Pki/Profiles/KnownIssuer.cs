using System.Collections.Concurrent;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Profiles;

/// <summary>
/// What <see cref="ProfileLint"/> keeps of an issuer: its facts, its key, and the extensions that are the same in all certificates of a
/// municipality. Safe for concurrent use.
/// </summary>
internal sealed class KnownIssuer
{
    private readonly AuthoritySettings settings;
    private readonly ConcurrentDictionary<Municipal, CommonExtensions> common = new();

    /// <exception cref="CryptographicException">Not a certificate.</exception>
    public KnownIssuer(AuthoritySettings settings, Octets certificate)
    {
        this.settings = settings;
        Facts = IssuerFacts.Of(certificate.Span);
        Key = new(Facts);
    }

    public IssuerFacts Facts { get; }

    public VerificationKey Key { get; }

    public CommonExtensions Common(CertificateOrder order) =>
        common.GetOrAdd(Municipal.Of(order), _ => ExpectedExtensions.Common(settings, order, Facts));
}
