using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Support;

/// <summary>Time stands still at one command: the card has it, has not carried it out, and waits until the test has done its mischief.</summary>
/// <param name="at">Which command, by its bytes; the first that fits.</param>
internal sealed class Standstill(Func<byte[], bool> at) : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _released = new();
    private TamperDecision _afterwards = TamperDecision.LetPass;

    /// <summary>Completes when the card has the command.</summary>
    public Task Reached => _reached.Task.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

    public Tamper Tamper => (_, apdu) =>
    {
        if (_reached.Task.IsCompleted || !at(apdu.ToArray()))
            return TamperDecision.LetPass;

        _reached.SetResult();
        _released.Wait();
        return _afterwards;
    };

    /// <summary>Time goes on.</summary>
    public void Release(TamperDecision decision)
    {
        _afterwards = decision;
        _released.Set();
    }

    /// <summary>Lets a card that still waits go; the event itself stays for it to look at.</summary>
    public void Dispose() => _released.Set();
}

/// <summary>Commands by their instruction (ISO 7816-4).</summary>
internal static class Instruction
{
    public const byte GenerateKeyPair = 0x47;
    public const byte GetResponse = 0xC0;
    public const byte UpdateBinary = 0xD6;
    public const byte Activate = 0x44;
    public const byte ComputeSignature = 0x2A;
}
