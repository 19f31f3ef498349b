using Jpki.Counter.Gateway.Apdu;

namespace Jpki.Counter.Gateway.Tests.Support;

/// <summary>
/// A card that expects exactly these commands, in this order, and gives these answers. Spaces in the hexadecimal are for the reader.
/// </summary>
internal sealed class ScriptedCard(params (string Command, string Answer)[] script) : ICardChannel, IAsyncDisposable
{
    /// <summary>Instead of an answer: the card is gone.</summary>
    public const string Gone = "gone";

    private int _next;

    public bool IsDisposed { get; private set; }

    public Task<CardResult<ResponseApdu>> TransmitAsync(CommandApdu command, CancellationToken cancellationToken)
    {
        Assert.True(_next < script.Length, $"One command too many: {Convert.ToHexString(command.Encode())}");
        var (expected, answer) = script[_next++];
        Assert.Equal(Compact(expected), Convert.ToHexString(command.Encode()));
        return Task.FromResult<CardResult<ResponseApdu>>(answer == Gone
            ? new CardFailure.CardRemoved()
            : ResponseApdu.Parse(Convert.FromHexString(Compact(answer))));
    }

    /// <summary>Fails unless every line of the script was played.</summary>
    public void AssertPlayed() => Assert.Equal(script.Length, _next);

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private static string Compact(string hex) => hex.Replace(" ", "", StringComparison.Ordinal);
}
