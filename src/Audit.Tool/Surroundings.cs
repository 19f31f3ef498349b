namespace Jpki.Audit.Tool;

/// <summary>What the tool stands in: where it writes, what it may ask.</summary>
/// <param name="IsTerminal">Tables may be drawn and progress shown; otherwise the output is plain.</param>
/// <param name="Variable">An environment variable, or none.</param>
internal sealed record Surroundings(TextWriter Output, TextWriter Error, bool IsTerminal, Func<string, string?> Variable, TimeProvider Time);
