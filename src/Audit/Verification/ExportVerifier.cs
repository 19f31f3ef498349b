using System.Threading.Channels;
using Jpki.Audit.Notes;
using Jpki.Audit.Records;

namespace Jpki.Audit.Verification;

/// <summary>
/// 書き出しの検証: the whole record against nothing but public keys. Lines are parsed and hashed beside each other on all processors and judged one
/// after the other; memory does not grow with the number of events, but with the streams and, where it is compared, the register.
/// </summary>
public sealed class ExportVerifier(VerificationOptions options, ISignatureJudge judge)
{
    private const int BlocksAhead = 32;

    /// <summary>Reads to the end, whatever is found on the way.</summary>
    /// <param name="progress">Told the number of events judged, every few thousand.</param>
    /// <exception cref="IOException">The export can't be read.</exception>
    public async Task<VerificationReport> VerifyAsync(Stream export, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var ahead = Channel.CreateBounded<Task<LookedAt[]>>(new BoundedChannelOptions(BlocksAhead) { SingleReader = true, SingleWriter = true });
        var reading = ReadAsync(export, ahead.Writer, stop.Token);
        var verdict = new Verdict(options, judge);
        try
        {
            await foreach (var block in ahead.Reader.ReadAllAsync(cancellation))
            {
                foreach (var line in await block)
                    verdict.Judge(line);
                progress?.Report(verdict.Events);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return verdict.End();
    }

    private async Task ReadAsync(Stream export, ChannelWriter<Task<LookedAt[]>> ahead, CancellationToken cancellation)
    {
        var glass = new LineGlass(options, judge);
        try
        {
            await foreach (var block in ExportReader.ReadBlocksAsync(export, cancellation))
                await ahead.WriteAsync(Task.Run(() => glass.LookAt(block), CancellationToken.None), cancellation);
            ahead.Complete();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or HttpRequestException)
        {
            ahead.Complete(e);
        }
    }
}
