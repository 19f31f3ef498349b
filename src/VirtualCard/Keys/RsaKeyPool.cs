using System.Security.Cryptography;
using System.Threading.Channels;

namespace Jpki.VirtualCard.Keys;

/// <summary>Where a card gets its key pairs from.</summary>
public interface IRsaKeySource
{
    /// <summary>A key pair nobody else gets: RSA-2048, exponent 65537, as PKCS#1 RSAPrivateKey.</summary>
    byte[] Take();
}

/// <summary>Makes each key when it is asked for: about 150 ms.</summary>
public sealed class RsaKeyGenerator : IRsaKeySource
{
    public byte[] Take()
    {
        using var rsa = RSA.Create(RawRsa.KeyBits);
        return rsa.ExportRSAPrivateKey();
    }
}

/// <summary>Keeps a few keys ready, made in the background; when they run out it makes one on the spot.</summary>
public sealed class RsaKeyPool : IRsaKeySource, IAsyncDisposable
{
    private readonly RsaKeyGenerator _generator = new();
    private readonly Channel<byte[]> _ready;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _filling;

    /// <param name="capacity">How many keys to keep ready, at least 1.</param>
    public RsaKeyPool(int capacity = 2)
    {
        _ready = Channel.CreateBounded<byte[]>(capacity);
        _filling = Task.Run(FillAsync);
    }

    public byte[] Take() => _ready.Reader.TryRead(out var key) ? key : _generator.Take();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _filling;
        _stop.Dispose();
    }

    private async Task FillAsync()
    {
        try
        {
            while (await _ready.Writer.WaitToWriteAsync(_stop.Token))
                _ready.Writer.TryWrite(_generator.Take());
        }
        catch (OperationCanceledException)
        {
            // Disposal is the only way out of the loop.
        }
    }
}
