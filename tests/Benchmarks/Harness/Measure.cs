using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Harness;

/// <summary>A line of the table: something the product does beside something that bounds it or does the same.</summary>
internal abstract class Measure : IAsyncDisposable
{
    /// <summary>Lower case with hyphens; how it is chosen on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What the figures count, e.g. <c>certificates/s</c>.</summary>
    public abstract string Unit { get; }

    /// <summary>Exactly what each side does, for the note below the table.</summary>
    public abstract string Note { get; }

    public virtual Bar Bar { get; } = new Bar.None();

    /// <summary>Not counted. Another measure may have used the stage before.</summary>
    /// <exception cref="NotAvailableException">Something this machine or this build does not have.</exception>
    public virtual Task PrepareAsync(Stage stage, CancellationToken cancellation) => Task.CompletedTask;

    public abstract Task<double> OursAsync(Round round, CancellationToken cancellation);

    /// <returns>Null when the bar is absolute.</returns>
    public virtual Task<double?> BaselineAsync(Round round, CancellationToken cancellation) => Task.FromResult<double?>(null);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A measure can't be taken here, with the reason.</summary>
internal sealed class NotAvailableException(string reason, Exception? cause = null) : Exception(reason, cause);
