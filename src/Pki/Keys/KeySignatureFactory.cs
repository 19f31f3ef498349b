using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;

namespace Jpki.Pki.Keys;

/// <summary>Lets BouncyCastle's generators (certificates, lists, OCSP answers) sign with a key of ours.</summary>
internal sealed class KeySignatureFactory(ISigningKey key) : ISignatureFactory
{
    public object AlgorithmDetails => Algorithm(key);

    public static AlgorithmIdentifier Algorithm(ISigningKey key) => key.Algorithm switch
    {
        // RFC 4055 5: the parameters of RSA signatures are NULL; RFC 5758 3.2: those of ECDSA are absent.
        KeyAlgorithm.Rsa2048Sha256 => new AlgorithmIdentifier(PkcsObjectIdentifiers.Sha256WithRsaEncryption, DerNull.Instance),
        KeyAlgorithm.EcdsaP384Sha384 => new AlgorithmIdentifier(X9ObjectIdentifiers.ECDsaWithSha384),
        _ => throw new InvalidOperationException($"No signature algorithm for {key.Algorithm}."),
    };

    public IStreamCalculator<IBlockResult> CreateCalculator() => new Calculator(key);

    private sealed class Calculator(ISigningKey key) : IStreamCalculator<IBlockResult>
    {
        // The generator closes the stream before it asks; a closed MemoryStream still gives its octets.
        public Stream Stream { get; } = new MemoryStream();

        public IBlockResult GetResult() => new SimpleBlockResult(key.Sign(((MemoryStream)Stream).ToArray()));
    }
}
