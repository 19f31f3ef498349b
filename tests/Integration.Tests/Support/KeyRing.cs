using System.Security.Cryptography;
using Jpki.VirtualCard.Keys;

namespace Jpki.Integration.Tests.Support;

/// <summary>
/// A few key pairs, made once and handed to each card in turn: no card gets one twice, but different cards share them. The back office
/// compares keys within a resident only, and making a new pair takes 150 ms of a core.
/// </summary>
internal sealed class KeyRing : IRsaKeySource
{
    /// <summary>More than a card asks for in any test here.</summary>
    private const int Size = 10;

    private static readonly Lazy<byte[][]> _keys = new(() => [.. ParallelEnumerable.Range(0, Size).Select(_ => Make())]);
    private int _taken;

    public byte[] Take() => Interlocked.Increment(ref _taken) is var next && next <= Size
        ? _keys.Value[next - 1]
        : throw new InvalidOperationException("This card has had every key of the ring.");

    private static byte[] Make()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportRSAPrivateKey();
    }
}
