namespace Jpki.Counter.Gateway.Apdu.Commands;

/// <summary>Shows the card who the terminal is (simulated personalisation). Drops right and challenge of an earlier terminal.</summary>
public sealed record PresentTerminalCertificate(ReadOnlyMemory<byte> Body) : IPlainCommand
{
    public CommandApdu ToApdu() => new(0x80, 0xA2, 0x00, 0xC1, Body);
}

/// <summary>GET CHALLENGE: 16 random bytes, good for one EXTERNAL AUTHENTICATE.</summary>
public sealed record GetChallenge : IReadCommand
{
    public const int Length = 16;

    public CommandApdu ToApdu() => new(0x00, 0x84, 0x00, 0x00, expected: Length);
}

/// <summary>
/// EXTERNAL AUTHENTICATE with the terminal's signature over challenge and terminal id; success grants the issuer right (simulated).
/// </summary>
public sealed record ExternalAuthenticate(ReadOnlyMemory<byte> Signature) : IPlainCommand
{
    public CommandApdu ToApdu() => new(0x00, 0x82, 0x00, 0x96, Signature);
}
