using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Applets;

namespace Jpki.Counter.Gateway.Cards;

/// <summary>PKCS#10 requests signed by a card (RFC 2986): proof that the card holds the private key of the certificate to come.</summary>
public static class CertificationRequest
{
    /// <summary>Has the slot's pending key sign a request for itself. Its PIN must be verified.</summary>
    /// <param name="card">The card, with issuer right.</param>
    /// <param name="slot">Which pending key.</param>
    /// <param name="subjectPublicKeyInfo">The pending public key, as generating it gave it.</param>
    /// <param name="subjectCommonName">Subject CN; the authority puts its own into the certificate.</param>
    /// <param name="cancellationToken">Looked at before the card is asked.</param>
    /// <returns>The request, DER, sha256WithRSAEncryption.</returns>
    public static Task<CardResult<byte[]>> CreateAsync(
        JpkiPersonalisation card,
        JpkiSlot slot,
        byte[] subjectPublicKeyInfo,
        string subjectCommonName,
        CancellationToken cancellationToken = default)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(subjectCommonName);
        var publicKey = PublicKey.CreateFromSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        var request = new CertificateRequest(subject.Build(), publicKey, HashAlgorithmName.SHA256);

        var draft = new CardSignatureGenerator(publicKey, signature: []);
        request.CreateSigningRequest(draft);
        return card.SignWithPendingKeyAsync(slot, DigestInfo.Sha256(draft.Signed), cancellationToken)
            .Select(signature => request.CreateSigningRequest(new CardSignatureGenerator(publicKey, signature)));
    }

    /// <summary>Brings a card's signature into a framework that wants to sign by itself, at once and without failing.</summary>
    /// <remarks>
    /// A card answers later, or refuses. So the request is built twice: first to learn what is to be signed, then with the card's
    /// signature.
    /// Building it is deterministic, hence both times the same.
    /// </remarks>
    private sealed class CardSignatureGenerator(PublicKey publicKey, byte[] signature) : X509SignatureGenerator
    {
        // RFC 4055 §5: sha256WithRSAEncryption, parameters NULL.
        private static readonly byte[] Sha256WithRsa = Convert.FromHexString("300D06092A864886F70D01010B0500");

        public byte[] Signed { get; private set; } = [];

        public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => hashAlgorithm == HashAlgorithmName.SHA256
            ? Sha256WithRsa
            : throw new ArgumentOutOfRangeException(nameof(hashAlgorithm), hashAlgorithm, "Only SHA-256 is signed here.");

        public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
        {
            Signed = data;
            return signature;
        }

        protected override PublicKey BuildPublicKey() => publicKey;
    }
}
