namespace Jpki.Counter.Gateway.Apdu;

/// <summary>One exchange, as far as a log may know it: never its data.</summary>
/// <param name="Instruction">INS.</param>
/// <param name="Status">The status word, or null when no answer came.</param>
/// <param name="Took">From sending to answer.</param>
public readonly record struct ApduTrace(byte Instruction, StatusWord? Status, TimeSpan Took);

/// <summary>Tells a listener of each exchange. The only place in the pipeline from which anything reaches a log.</summary>
public sealed class TracedChannel(ICardChannel inner, Action<ApduTrace> trace, TimeProvider time) : ICardChannel
{
    public async Task<CardResult<ResponseApdu>> TransmitAsync(CommandApdu command, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var answer = await inner.TransmitAsync(command, cancellationToken);
        trace(new ApduTrace(command.Ins, answer.Failure is null ? answer.Value.Status : null, time.GetElapsedTime(start)));
        return answer;
    }
}
