using System.CommandLine;

namespace Jpki.Audit.Tool.Console;

/// <summary>Options of every command.</summary>
internal sealed class CommonOptions
{
    private const string Japanese = "ja";
    private const string English = "en";

    public CommonOptions() => Language.AcceptOnlyFromAmong(Japanese, English);

    public Option<string?> Language { get; } = new("--lang") { Description = "ja or en; default: by LANG", Recursive = true };

    public Option<bool> Json { get; } = new("--json") { Description = "One JSON object instead of text", Recursive = true };

    /// <summary>Runs an action, and answers what went wrong as people and scripts need it.</summary>
    public void Run(Command command, Surroundings surroundings, Func<ParseResult, Screen, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            var screen = new Screen(surroundings, IsJapanese(parsed, surroundings), parsed.GetValue(Json));
            try
            {
                return await action(parsed, screen, cancellation);
            }
            catch (UsageException e)
            {
                return screen.Fail(e.Japanese, e.Message, ExitCode.Usage);
            }
            catch (UnreachableSourceException e)
            {
                return screen.Fail(e.Japanese, e.Message, ExitCode.Unreachable);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException)
            {
                return screen.Fail($"読み書きできません: {e.Message}", $"Can't be read or written: {e.Message}", ExitCode.Unreachable);
            }
        });

    private bool IsJapanese(ParseResult parsed, Surroundings surroundings) =>
        (parsed.GetValue(Language) ?? surroundings.Variable("LC_ALL") ?? surroundings.Variable("LANG") ?? English)
        .StartsWith(Japanese, StringComparison.OrdinalIgnoreCase);
}
