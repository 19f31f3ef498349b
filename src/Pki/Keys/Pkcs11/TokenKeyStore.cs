using System.Security.Cryptography;
using System.Text;
using Jpki.Domain;
using Jpki.Pki.Profiles;
using Net.Pkcs11Interop.Common;

namespace Jpki.Pki.Keys.Pkcs11;

/// <summary>Keys inside a token. The generation's file says which token and which key; the store's secret is the token's user PIN.</summary>
/// <param name="place">Where new keys are made; those that exist say themselves where they are.</param>
internal sealed class TokenKeyStore(KeyPlace.Token? place = null) : IKeyStore
{
    private static readonly byte[] Probe = "JPKI Orleans: is this key the certificate's?"u8.ToArray();

    public string Ending => "pkcs11.json";

    public MadeKey Make(CertificateKind kind, KeyAlgorithm algorithm, string secret)
    {
        var token = TokenAddress.Of(place ?? throw new InvalidOperationException("No token was named."));
        var info = InSession(token, secret, session => TokenKeyPair.Generate(session, kind, algorithm));
        var keyId = Authority.KeyIdentifier(info);
        var address = new TokenKeyAddress(token.Module, token.TokenLabel, token.TokenSerial, Convert.ToHexStringLower(keyId));
        return new(
            new Pkcs11SigningKey(new SessionPool(token, keyId, Pin(secret)), algorithm, info),
            address.Write(),
            () => DestroyPair(address, secret));
    }

    public KeyOpening Open(string file, string secret, IssuerFacts facts)
    {
        if (TokenKeyAddress.Read(file) is not { } address)
            return new KeyOpening.Unreadable();
        if (address.KeyId != Convert.ToHexStringLower(facts.KeyId))
            return new KeyOpening.NotTheCertificates();

        var key = new Pkcs11SigningKey(new SessionPool(address.Token, facts.KeyId, Pin(secret)), facts.Algorithm, facts.PublicKey);
        try
        {
            if (IsBy(facts, key.Sign(Probe)))
                return new KeyOpening.Opened(key);
        }
        catch (KeyUnavailableException)
        {
            key.Dispose();
            throw;
        }

        key.Dispose();
        return new KeyOpening.NotTheCertificates();
    }

    public string Describe(string file) =>
        TokenKeyAddress.Read(file) is { Token: var token } ? $"token {token.TokenLabel} ({token.TokenSerial})" : "token";

    public void Destroy(string path, string secret)
    {
        if (!File.Exists(path))
            return;
        if (TokenKeyAddress.Read(File.ReadAllText(path)) is not { } address)
            throw new KeyUnavailableException(StoreFailure.Damaged, $"{path} does not say where its key is.");
        DestroyPair(address, secret);
        File.Delete(path);
    }

    /// <summary>
    /// PINの引継ぎ: gives the token the store's secret as its user PIN, in place of the one it was initialised with.
    /// </summary>
    /// <exception cref="KeyUnavailableException">The token is not there, or does not take one of the PINs.</exception>
    public static void ChangePin(KeyPlace.Token place, string from, string to) => InSession(TokenAddress.Of(place), from, session =>
    {
        session.ChangePin(Pin(from), Pin(to));
        return true;
    });

    private static void DestroyPair(TokenKeyAddress address, string secret) => InSession(address.Token, secret, session =>
    {
        session.DestroyPair(Convert.FromHexString(address.KeyId));
        return true;
    });

    private static T InSession<T>(TokenAddress token, string secret, Func<TokenSession, T> work)
    {
        try
        {
            using var session = TokenSession.Open(token, SessionType.ReadWrite, Pin(secret));
            return work(session);
        }
        catch (Pkcs11Exception failed)
        {
            throw new KeyUnavailableException(StoreFailure.TokenUnavailable, $"{token}: {failed.Method} gave {failed.RV}.", failed);
        }
    }

    private static byte[] Pin(string secret) => Encoding.UTF8.GetBytes(secret);

    private static bool IsBy(IssuerFacts facts, byte[] signature)
    {
        if (facts.Algorithm == KeyAlgorithm.Rsa2048Sha256)
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(facts.PublicKey, out _);
            return rsa.VerifyData(Probe, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(facts.PublicKey, out _);
        return ecdsa.VerifyData(Probe, signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence);
    }
}
