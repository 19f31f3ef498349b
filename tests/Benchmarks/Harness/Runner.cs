using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Harness;

/// <summary>Takes measures one after the other, the two sides of each in turns.</summary>
/// <param name="rounds">That count; one more goes before them.</param>
/// <param name="length">Of a side's turn, where it repeats something.</param>
internal sealed class Runner(Stage stage, int rounds, TimeSpan length)
{
    public async Task<Result> TakeAsync(Measure measure, CancellationToken cancellation)
    {
        await using (measure)
        {
            try
            {
                await measure.PrepareAsync(stage, cancellation);
                return new Result.Taken(measure, await RoundsAsync(measure, cancellation));
            }
            catch (NotAvailableException e)
            {
                return new Result.NotAvailable(measure, e.Message);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellation.IsCancellationRequested)
            {
                // Whatever went wrong here, the other measures have taken minutes and are still good.
                return new Result.Failed(measure, e);
            }
        }
    }

    private async Task<Rounds> RoundsAsync(Measure measure, CancellationToken cancellation)
    {
        List<double> ours = [];
        List<double> baseline = [];
        for (var number = 0; number <= rounds; number++)
        {
            var round = new Round(number, length);
            // Who goes first changes, so that neither always inherits the other's garbage and dirty pages.
            var first = number % 2 == 0 ? await measure.OursAsync(round, cancellation) : (double?)null;
            var beside = await measure.BaselineAsync(round, cancellation);
            var figure = first ?? await measure.OursAsync(round, cancellation);
            if (number == 0)
                continue;
            ours.Add(figure);
            if (beside is { } value)
                baseline.Add(value > 0 ? value : throw new NotAvailableException("The baseline did nothing at all."));
        }

        return new(ours, baseline);
    }
}
