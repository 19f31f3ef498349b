using System.Collections.Concurrent;
using System.IO.Pipelines;
using System.Threading.Channels;
using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Silo.Registry;

/// <summary>
/// 異動の取込み: takes a batch line by line. Lines of different residents go on side by side, those of one resident one after the other, and
/// the reports come in the order of the lines. However long the batch is, no more than a window of it is in memory.
/// </summary>
public sealed class RegistryFeed(ChangeReader reader, ChangeSubmission submission)
{
    /// <summary>Lines under way at a time; the ledger commits about as many at once.</summary>
    public const int Window = 64;

    /// <param name="by">The registry, with an office of the municipality it speaks for.</param>
    /// <param name="report">Takes each line's report, one at a time; nothing more is read while it keeps the window full.</param>
    /// <returns>The numbers, when every line is reported.</returns>
    /// <exception cref="ArgumentException">The actor has no office.</exception>
    /// <exception cref="IOException">The input broke off. What was read before it is reported.</exception>
    public async Task<FeedSummary> TakeAsync(PipeReader input, Actor by, Func<LineReport, ValueTask> report, CancellationToken cancellationToken)
    {
        if (by.Office is not { } office)
            throw new ArgumentException("The registry acts from an office.", nameof(by));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = new Run(reader, submission, by, office.Municipality);
        var filling = run.FillAsync(input, stop.Token);
        try
        {
            return await run.DrainAsync(report, cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            await filling;
        }
    }

    private sealed class Run(ChangeReader reader, ChangeSubmission submission, Actor by, MunicipalityCode municipality)
    {
        private readonly Channel<UnderWay> _window =
            Channel.CreateBounded<UnderWay>(new BoundedChannelOptions(Window) { SingleReader = true, SingleWriter = true });

        private readonly ConcurrentDictionary<ResidentId, Task<LineReport>> _latest = [];

        /// <summary>Starts every line. It never fails: what stops it, the window's reader learns.</summary>
        public async Task FillAsync(PipeReader input, CancellationToken cancellationToken)
        {
            try
            {
                await foreach (var line in FeedLines.ReadAsync(input, cancellationToken))
                {
                    // Room first: a started line that found none would be one more than the window holds.
                    await _window.Writer.WaitToWriteAsync(cancellationToken);
                    await _window.Writer.WriteAsync(Start(line, cancellationToken), cancellationToken);
                }

                _window.Writer.Complete();
            }
#pragma warning disable CA1031 // It is passed on, to be thrown where the reports are awaited.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _window.Writer.Complete(exception);
            }
        }

        public async Task<FeedSummary> DrainAsync(Func<LineReport, ValueTask> report, CancellationToken cancellationToken)
        {
            var summary = FeedSummary.Empty;
            await foreach (var each in _window.Reader.ReadAllAsync(cancellationToken))
            {
                var done = await each.Report;
                if (each.Resident is { } resident)
                    _latest.TryRemove(new(resident, each.Report));
                summary = summary.With(done);
                await report(done);
            }

            return summary;
        }

        private UnderWay Start(FeedLine line, CancellationToken cancellationToken) => reader.Read(line, municipality) switch
        {
            ReadChange.Good good => StartGood(line.Number, good, cancellationToken),
            ReadChange.Bad bad => new(null, submission.RejectAsync(line.Number, bad, by)),
            _ => throw new InvalidOperationException("A line is good or bad."),
        };

        private UnderWay StartGood(long line, ReadChange.Good good, CancellationToken cancellationToken)
        {
            var resident = good.Change.Resident;
            var task = AfterAsync(_latest.GetValueOrDefault(resident), () => submission.SubmitAsync(line, good, by, cancellationToken));
            _latest[resident] = task;
            return new(resident, task);
        }

        private static async Task<LineReport> AfterAsync(Task<LineReport>? before, Func<Task<LineReport>> work)
        {
            if (before is not null)
                await before;
            return await work();
        }
    }

    private readonly record struct UnderWay(ResidentId? Resident, Task<LineReport> Report);
}
