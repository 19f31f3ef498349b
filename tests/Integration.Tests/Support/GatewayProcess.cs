using System.Diagnostics;
using Jpki.Domain;
using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Support;

/// <summary>The gateway as a process of its own; a program sits where clerk and resident do.</summary>
internal sealed class GatewayProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private GatewayProcess(Process process) => _process = process;

    /// <summary>Everything it showed.</summary>
    public string Shown => string.Join('\n', _lines);

    public static GatewayProcess Start(TownHall hall, string reader)
    {
        var token = Path.Combine(Path.GetDirectoryName(hall.TerminalKeyFile)!, "clerk.token");
        File.WriteAllText(token, hall.Token("clerk", TownHall.CityHall));
        var start = Programs.Ours(
            "Jpki.Counter.Gateway",
            [
                "--back-office", hall.Silo.Address.ToString(), "--token-file", token, "--reader", reader,
                "--terminal-key", hall.TerminalKeyFile, "--terminal-certificate", hall.TerminalCertificateFile,
            ]);
        start.Environment[PrivatePcscd.SocketVariable] = hall.Readers.SocketPath;
        start.RedirectStandardError = false;
        return new GatewayProcess(Process.Start(start)!);
    }

    /// <summary>Types a command, and at each question for a PIN the person's.</summary>
    /// <returns>The line it ended with.</returns>
    /// <exception cref="EndOfStreamException">The gateway is gone.</exception>
    public async Task<string> RunAsync(string command, Person person)
    {
        await _process.StandardInput.WriteLineAsync(command);
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            _lines.Add(line);
            if (line.StartsWith("= ", StringComparison.Ordinal))
                return line;
            if (line.StartsWith("? ", StringComparison.Ordinal) && line.Contains("PIN", StringComparison.Ordinal))
                await _process.StandardInput.WriteLineAsync(person.Pins[Asked(line)]);
        }

        throw new EndOfStreamException($"The gateway is gone:\n{Shown}");
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static PinKind Asked(string prompt) => prompt switch
    {
        _ when prompt.Contains("basic-register", StringComparison.Ordinal) => PinKind.BasicRegister,
        _ when prompt.Contains("card-face", StringComparison.Ordinal) => PinKind.CardFace,
        _ when prompt.Contains("user-authentication", StringComparison.Ordinal) => PinKind.UserAuthentication,
        _ => PinKind.Signature,
    };
}
