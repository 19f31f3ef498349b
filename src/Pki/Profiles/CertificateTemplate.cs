using Org.BouncyCastle.Asn1.X509;

namespace Jpki.Pki.Profiles;

/// <summary>What stands in every certificate of a kind, a generation and a municipality, its extensions encoded once.</summary>
/// <param name="Algorithm">Of the signature.</param>
/// <param name="BeforeHolder">The extensions that stand before the holder's subjectAltName.</param>
/// <param name="AfterHolder">Those after it.</param>
internal sealed record CertificateTemplate(
    AlgorithmIdentifier Algorithm, X509Name Issuer, X509Extensions BeforeHolder, X509Extensions AfterHolder);
