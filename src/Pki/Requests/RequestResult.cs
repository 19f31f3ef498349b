using Jpki.Domain;

namespace Jpki.Pki.Requests;

/// <summary>What a certification request showed.</summary>
public abstract record RequestResult;

/// <summary>The sender has the private key of this public key.</summary>
/// <param name="SubjectPublicKeyInfo">DER, RSA-2048 with exponent 65537.</param>
/// <param name="CommonName">The request's subject CN, 1–64 characters; what it means is for the caller to judge.</param>
public sealed record RequestProven(Octets SubjectPublicKeyInfo, string CommonName) : RequestResult;

/// <param name="Fault">For deciding.</param>
/// <param name="Japanese">For the clerk.</param>
/// <param name="English">For the clerk.</param>
public sealed record RequestRejected(RequestFault Fault, string Japanese, string English) : RequestResult;

/// <summary>発行要求の不備: why a certification request is not taken.</summary>
public enum RequestFault
{
    /// <summary>Longer than <see cref="CertificationRequests.LongestRequest"/>.</summary>
    TooLong,

    /// <summary>Not a PKCS#10 structure in DER, or something follows it.</summary>
    Malformed,

    /// <summary>The subject does not have exactly one common name of 1–64 characters.</summary>
    CommonName,

    KeyType,

    KeySize,

    Exponent,

    /// <summary>A modulus of a known bad kind: small or close factors, or a chip with the ROCA fault.</summary>
    Modulus,

    SignatureAlgorithm,

    /// <summary>The signature does not verify: possession of the private key is not proven.</summary>
    Signature,
}
