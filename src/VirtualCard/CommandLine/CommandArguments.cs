namespace Jpki.VirtualCard.CommandLine;

/// <summary>The command line does not say what is needed; the message tells the user what.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>`verb --option value …`.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, string> _values = [];

    /// <exception cref="UsageException">An option is unknown, given twice or has no value.</exception>
    public CommandArguments(IReadOnlyList<string> arguments, params IReadOnlyCollection<string> known)
    {
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (!known.Contains(arguments[i]))
                throw new UsageException($"Unknown option '{arguments[i]}'.");
            if (i + 1 == arguments.Count)
                throw new UsageException($"Option '{arguments[i]}' needs a value.");
            if (!_values.TryAdd(arguments[i], arguments[i + 1]))
                throw new UsageException($"Option '{arguments[i]}' is given twice.");
        }
    }

    /// <exception cref="UsageException">The option is missing.</exception>
    public string this[string option] => _values.GetValueOrDefault(option) ?? throw new UsageException($"Option '{option}' is missing.");

    /// <exception cref="UsageException">The option is missing or no date.</exception>
    public DateOnly Date(string option) => DateOnly.TryParseExact(this[option], "yyyy-MM-dd", out var date)
        ? date
        : throw new UsageException($"Option '{option}' is a date, YYYY-MM-DD.");

    /// <exception cref="UsageException">Not a TCP port.</exception>
    public int Port(string option, int otherwise) => !_values.TryGetValue(option, out var text) ? otherwise
        : ushort.TryParse(text, out var port) && port > 0 ? port
        : throw new UsageException($"Option '{option}' is a TCP port, 1 to 65535.");
}
