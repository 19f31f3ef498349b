using System.Security.Cryptography;
using Jpki.VirtualCard.Keys;

namespace Jpki.VirtualCard.Tests.Support;

/// <summary>Fixed RSA keys, handed out in turn: quick, and the same signatures on every run. They protect nothing.</summary>
internal sealed class TestKeys : IRsaKeySource
{
    private static readonly byte[][] Keys = ReadPem();
    private int _taken;

    public static RSA Key(int index)
    {
        var rsa = RSA.Create();
        rsa.ImportRSAPrivateKey(Keys[index], out _);
        return rsa;
    }

    public byte[] Take() => Keys[_taken++ % Keys.Length];

    private static byte[][] ReadPem()
    {
        using var stream = typeof(TestKeys).Assembly.GetManifestResourceStream("rsa-keys.pem")!;
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split("-----END RSA PRIVATE KEY-----\n", StringSplitOptions.RemoveEmptyEntries).Select(FromPem)];
    }

    private static byte[] FromPem(string text) => Convert.FromBase64String(text.Replace("-----BEGIN RSA PRIVATE KEY-----", ""));
}
