namespace Jpki.Counter.Gateway.Applets;

/// <summary>
/// The counter's terminal (端末) towards the card: what grants the issuer right. Simulated: the real card's way is not public.
/// </summary>
public interface ITerminal
{
    /// <summary>The encoded terminal certificate.</summary>
    ReadOnlyMemory<byte> Certificate { get; }

    /// <summary>The terminal's name as the card signs it off: 16 bytes of ASCII, space padded.</summary>
    ReadOnlyMemory<byte> Id { get; }

    /// <summary>ECDSA over P-256 and SHA-256, r‖s (64 bytes).</summary>
    /// <param name="message">Challenge ‖ id; hashed once, here.</param>
    byte[] Sign(ReadOnlySpan<byte> message);
}
