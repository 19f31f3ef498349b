namespace Jpki.Pki.Keys;

/// <summary>鍵の置き場: where a new key is made and stays for its life.</summary>
public abstract record KeyPlace
{
    private KeyPlace()
    {
    }

    /// <summary>A PKCS#8 file in the generation's folder, encrypted under the store's secret.</summary>
    public sealed record EncryptedFile : KeyPlace;

    /// <summary>A token behind PKCS#11, usually a hardware security module. The store's secret is the token's user PIN.</summary>
    /// <param name="Module">Full path of the manufacturer's PKCS#11 library.</param>
    /// <param name="Label">The token's label; exactly one token of that label must be present.</param>
    public sealed record Token(string Module, string Label) : KeyPlace;
}
