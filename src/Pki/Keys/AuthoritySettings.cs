using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Domain.Rules;

namespace Jpki.Pki.Keys;

/// <summary>鍵の種類: the key an authority signs with. A generation keeps its algorithm; a change makes a new generation.</summary>
public enum KeyAlgorithm
{
    /// <summary>RSA-2048 with SHA-256 (PKCS#1 v1.5), as the service today.</summary>
    Rsa2048Sha256,

    /// <summary>ECDSA P-384 with SHA-384, as announced for the next card.</summary>
    EcdsaP384Sha384,
}

/// <summary>What follows from an algorithm.</summary>
public static class KeyAlgorithms
{
    /// <summary>The hash that is signed.</summary>
    public static HashAlgorithmName Digest(this KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Rsa2048Sha256 => HashAlgorithmName.SHA256,
        KeyAlgorithm.EcdsaP384Sha384 => HashAlgorithmName.SHA384,
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };
}

/// <summary>What differs between the two authorities.</summary>
/// <param name="PolicyOid">Certificate policy, dotted decimal.</param>
/// <param name="KeyAlgorithm">For generations created from now on; those that exist keep theirs.</param>
public sealed record KindSettings(string PolicyOid, KeyAlgorithm KeyAlgorithm = KeyAlgorithm.Rsa2048Sha256);

/// <summary>
/// 認証局の設定: how the two authorities name themselves and where they point. All of it stands in certificates, so changing it changes
/// certificates signed from then on, never those that exist. <see cref="Problems"/> is asked at start.
/// </summary>
public sealed record AuthoritySettings
{
    // A UUID of our own as an arc (ITU-T X.667): nobody else's policy, and nobody's permission needed.
    private const string TestPolicyArc = "2.25.218878828024616747857647509774583079423";

    /// <summary>Issuer O.</summary>
    public string Organisation { get; init; } = "JPKI Orleans TEST";

    /// <summary>The issuer's last OU: who runs the authority.</summary>
    public string Operator { get; init; } = "JPKI Orleans TEST operator";

    /// <summary>O in issuerAltName.</summary>
    public string JapaneseOrganisation { get; init; } = "JPKI Orleans 試験用認証局";

    /// <summary>The last OU in issuerAltName.</summary>
    public string JapaneseOperator { get; init; } = "JPKI Orleans 試験用運用者";

    /// <summary>CPS URI of certificatePolicies (RFC 5280 4.2.1.4).</summary>
    public Uri PracticeStatement { get; init; } = new("http://localhost:8080/pki/cps");

    /// <summary>Base under which each municipality's list is published, ending in a slash.</summary>
    public Uri RevocationLists { get; init; } = new("http://localhost:8080/pki/crl/");

    /// <summary>OCSP responder of both authorities.</summary>
    public Uri Ocsp { get; init; } = new("http://localhost:8080/pki/ocsp");

    public KindSettings Signature { get; init; } = new(TestPolicyArc + ".1");

    public KindSettings UserAuthentication { get; init; } = new(TestPolicyArc + ".2");

    /// <summary>
    /// Validity of a new authority certificate, 7–30 years: more than the longest certificate below it lives (<see cref="Validity.LongestYears"/>),
    /// or it could not issue a single one. It issues certificates of full length for the difference; why 10, says docs/decisions/0018.
    /// </summary>
    public int ValidityYears { get; init; } = 10;

    public KindSettings Of(CertificateKind kind) => kind switch
    {
        CertificateKind.Signature => Signature,
        CertificateKind.UserAuthentication => UserAuthentication,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Why these settings must not be used, in sentences for the operator; empty when they may.</summary>
    public IReadOnlyList<string> Problems() => [.. SettingsProblems.Of(this)];
}
