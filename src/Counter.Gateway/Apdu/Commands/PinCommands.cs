namespace Jpki.Counter.Gateway.Apdu.Commands;

/// <summary>What the card says to a PIN. A closed set.</summary>
public abstract record PinVerification
{
    private PinVerification()
    {
    }

    public sealed record Verified : PinVerification;

    /// <param name="TriesLeft">At least 1.</param>
    public sealed record Wrong(int TriesLeft) : PinVerification;

    /// <summary>No tries are left: this was the last one, or it had been blocked before, or no PIN has ever been set.</summary>
    public sealed record Blocked : PinVerification;
}

/// <summary>VERIFY on the selected PIN file.</summary>
/// <remarks>A class, not a record: it holds a PIN, and records tell what they hold.</remarks>
public sealed class Verify(ReadOnlyMemory<byte> pin) : ICardCommand<PinVerification>
{
    public CommandApdu ToApdu() => new(0x00, 0x20, 0x00, 0x80, pin);

    public CardResult<PinVerification> Interpret(ResponseApdu response) => response.Status switch
    {
        { IsSuccess: true } => new PinVerification.Verified(),
        { TriesLeft: > 0 and var left } => new PinVerification.Wrong(left),
        { TriesLeft: 0 } => new PinVerification.Blocked(),
        var status when status == StatusWord.PinBlocked => new PinVerification.Blocked(),
        var status => new CardFailure.Refused(status),
    };
}

/// <summary>VERIFY with no data on the selected PIN file: how many tries are left. Costs none.</summary>
public sealed record ReadTriesLeft : ICardCommand<int>
{
    public CommandApdu ToApdu() => new(0x00, 0x20, 0x00, 0x80);

    public CardResult<int> Interpret(ResponseApdu response) =>
        response.Status.TriesLeft is { } left ? left : new CardFailure.Refused(response.Status);
}

/// <summary>CHANGE REFERENCE DATA on the selected PIN file, after VERIFY of the old PIN in the same session.</summary>
public sealed class ChangePin(ReadOnlyMemory<byte> newPin) : IPlainCommand
{
    public CommandApdu ToApdu() => new(0x00, 0x24, 0x01, 0x80, newPin);
}

/// <summary>RESET RETRY COUNTER on the selected PIN file: a new PIN, all tries back (simulated personalisation; issuer right).</summary>
public sealed class SetPin(ReadOnlyMemory<byte> newPin) : IPlainCommand
{
    public CommandApdu ToApdu() => new(0x00, 0x2C, 0x02, 0x80, newPin);
}
