using Jpki.Domain;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Keys;

/// <summary>鍵の置き場: makes, opens and destroys keys. The generation's folder keeps one file a key, by which this store finds it.</summary>
internal interface IKeyStore
{
    /// <summary>Name of that file's ending: <c>key.pem</c> holds the key itself, <c>pkcs11.json</c> says where it is.</summary>
    string Ending { get; }

    /// <exception cref="KeyUnavailableException">The token refuses.</exception>
    MadeKey Make(CertificateKind kind, KeyAlgorithm algorithm, string secret);

    /// <param name="file">Content of the generation's file.</param>
    /// <param name="facts">Of the key's certificate: a key that does not belong to it is not opened.</param>
    /// <exception cref="KeyUnavailableException">The token refuses.</exception>
    KeyOpening Open(string file, string secret, IssuerFacts facts);

    /// <summary>Where the key is, for the operator.</summary>
    /// <param name="file">Content of the generation's file.</param>
    string Describe(string file);

    /// <summary>Ends the key for ever. What is destroyed already is no failure.</summary>
    /// <param name="path">The generation's file; it is gone afterwards.</param>
    /// <exception cref="KeyUnavailableException">The token refuses.</exception>
    void Destroy(string path, string secret);
}

/// <param name="Key">Owned by the caller.</param>
/// <param name="File">Content of the file to be kept.</param>
/// <param name="Discard">Unmakes the key when its generation was not published.</param>
internal sealed record MadeKey(ISigningKey Key, string File, Action Discard);

/// <summary>What opening a key came to.</summary>
internal abstract record KeyOpening
{
    private KeyOpening()
    {
    }

    /// <param name="Key">Owned by the caller.</param>
    public sealed record Opened(ISigningKey Key) : KeyOpening;

    /// <summary>The file is not what its name says.</summary>
    public sealed record Unreadable : KeyOpening;

    public sealed record WrongSecret : KeyOpening;

    /// <summary>The key is not the certificate's, or is not where the file says.</summary>
    public sealed record NotTheCertificates : KeyOpening;
}
