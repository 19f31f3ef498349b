namespace Jpki.Counter.Gateway.Apdu;

/// <summary>A response APDU (ISO 7816-4 §5.1): data and status word.</summary>
public sealed class ResponseApdu(ReadOnlyMemory<byte> data, StatusWord status)
{
    public ReadOnlyMemory<byte> Data { get; } = data;

    public StatusWord Status { get; } = status;

    /// <param name="answer">At least two bytes, as received.</param>
    public static ResponseApdu Parse(ReadOnlyMemory<byte> answer) =>
        new(answer[..^2], new StatusWord((ushort)((answer.Span[^2] << 8) | answer.Span[^1])));

    /// <summary>The status word only; the data may be personal.</summary>
    public override string ToString() => Status.ToString();
}
