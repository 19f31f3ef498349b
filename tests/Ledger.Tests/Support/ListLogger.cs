using Microsoft.Extensions.Logging;

namespace Jpki.Ledger.Tests.Support;

/// <summary>Keeps what was logged.</summary>
internal class ListLogger : ILogger
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Add($"{logLevel}: {formatter(state, exception)}");
}

/// <inheritdoc/>
internal sealed class ListLogger<T> : ListLogger, ILogger<T>;
