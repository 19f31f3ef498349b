using System.Diagnostics;

namespace Jpki.TownHall.Parts;

/// <summary>窓口端末: the gateway as a process of its own, with the player sitting where the clerk and the resident do.</summary>
internal sealed class CounterProcess : IAsyncDisposable
{
    private const string Prompt = "? ";
    private const string CommandPrompt = "? 手続き";
    private const string Result = "= ";
    private const string End = ".";

    private readonly Process _process;

    private CounterProcess(Process process) => _process = process;

    public static CounterProcess Start(IReadOnlyList<string> arguments, string pcscSocket)
    {
        var start = ChildProcess.Ours("Jpki.Counter.Gateway", arguments);
        start.Environment[VirtualCard.Readers.PrivatePcscd.SocketVariable] = pcscSocket;
        (start.RedirectStandardError, start.StandardErrorEncoding) = (false, null);
        return new CounterProcess(ChildProcess.Start(start));
    }

    /// <summary>Types a command and answers its prompts.</summary>
    /// <param name="command">As the clerk types it.</param>
    /// <param name="answer">To a prompt, what is typed: a PIN by the resident, Enter by the clerk. Null gives up.</param>
    /// <param name="show">Told every line, in order, without what was typed.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="TownHallException">The gateway ended.</exception>
    public async Task<CounterResult> RunAsync(string command, Func<string, string?> answer, Action<string> show, CancellationToken cancellationToken)
    {
        await TypeAsync(command);
        var result = "";
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line == End)
                return new CounterResult(result);
            if (line.StartsWith(CommandPrompt, StringComparison.Ordinal))
                continue;

            show(line);
            if (line.StartsWith(Result, StringComparison.Ordinal))
                result = line[Result.Length..];
            if (line.StartsWith(Prompt, StringComparison.Ordinal))
                await TypeAsync(answer(line) ?? "q");
        }

        throw new TownHallException("The counter's gateway ended in the middle of a procedure.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await _process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    private async Task TypeAsync(string text)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(text);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            throw new TownHallException($"The counter's gateway ended: {await _process.StandardOutput.ReadToEndAsync()}");
        }
    }
}

/// <summary>How a procedure ended at the counter.</summary>
/// <param name="Line">The gateway's last line.</param>
internal sealed record CounterResult(string Line)
{
    public bool Completed => Line.StartsWith("完了", StringComparison.Ordinal);

    public bool StoppedWith(string code) => Line.StartsWith($"中断 / stopped: {code} ", StringComparison.Ordinal)
        || Line.StartsWith($"中断 / stopped: {code}:", StringComparison.Ordinal);
}
