using System.Diagnostics;
using System.Globalization;
using Jpki.Domain.Rules;
using Jpki.TownHall.Day;
using Jpki.TownHall.Parts;
using Jpki.VirtualCard.Readers;

namespace Jpki.TownHall;

/// <summary>Opens everything, plays the day, and keeps the doors open until told to close.</summary>
internal sealed class OpenTownHall(string folder, TextWriter output)
{
    private const string Office = "132070001";
    private const int Readers = 2;

    private readonly Narrator _narrator = new(output);

    /// <param name="once">End after the day.</param>
    /// <returns>0 when every check held, 1 otherwise.</returns>
    public async Task<int> RunAsync(bool once, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var began = Stopwatch.GetTimestamp();
        var number = NextDay();
        var morning = Mondays.Morning(number);

        _narrator.Say("Opening the town hall …");
        await using var pcscd = await PrivatePcscd.StartAsync(
            new PcscdOptions { Readers = Readers, FirstPort = PrivatePcscd.FindFreePorts(Readers, 20000) }, cancellationToken);
        _narrator.Say($"  card readers   {Readers} virtual ones (simulated), in a real pcscd");
        await using var silo = await SiloProcess.StartAsync(folder, morning, cancellationToken);
        _narrator.Say($"  back office    {silo.Address} with its own PostgreSQL, data in {folder}");
        var terminal = Terminal.Open(Path.Combine(folder, "terminal"), TimeProvider.System);
        await using var cards = new CardRack(Path.Combine(folder, "cards"), terminal, pcscd.Ports);
        var arguments = await CounterArgumentsAsync(silo, terminal, cancellationToken);
        await using var counter = CounterProcess.Start(arguments, pcscd.SocketPath);
        WriteScripts(arguments, pcscd.SocketPath);
        _narrator.Say($"  counter        its gateway, at the first reader");
        _narrator.Say($"Open after {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s. Everything below is TEST: invented people, a played clock, virtual cards.");

        using var stage = await StageAsync(number, silo, counter, cards, pcscd.SocketPath, cancellationToken);
        await PlayedDay.PlayAsync(stage, Jst.DayOf(morning), cancellationToken);
        var status = Conclude(Stopwatch.GetElapsedTime(began));
        if (!once)
            await ServeAsync(silo, stage.Hanako, cancellationToken);
        return status;
    }

    private async Task<Stage> StageAsync(
        int number, SiloProcess silo, CounterProcess counter, CardRack cards, string pcscSocket, CancellationToken cancellationToken)
    {
        var papers = Path.Combine(folder, "papers", number.ToString("D4", CultureInfo.InvariantCulture));
        Directory.CreateDirectory(papers);
        var tokens = await Task.WhenAll(
            SiloProcess.TokenAsync(folder, "registry", Office, "registry-feed", cancellationToken),
            SiloProcess.TokenAsync(folder, "call-centre", null, "operator-17", cancellationToken),
            SiloProcess.TokenAsync(folder, "auditor", null, "auditor-1", cancellationToken),
            SiloProcess.TokenAsync(folder, "administrator", null, "player", cancellationToken));
        return new Stage
        {
            Narrator = _narrator,
            Hanako = new Hanako(number),
            Counter = counter,
            Cards = cards,
            Registry = new BackOffice(silo.Address, tokens[0]),
            CallCentre = new BackOffice(silo.Address, tokens[1]),
            Auditor = new BackOffice(silo.Address, tokens[2]),
            Administrator = new BackOffice(silo.Address, tokens[3]),
            Tools = new OutsideTools(papers, pcscSocket),
            Record = new Record(papers, silo.Address, silo.PublicAddress, tokens[2]),
        };
    }

    private async Task<IReadOnlyList<string>> CounterArgumentsAsync(SiloProcess silo, Terminal terminal, CancellationToken cancellationToken)
    {
        var tokenFile = Path.Combine(folder, "terminal", "clerk.token");
        await File.WriteAllTextAsync(tokenFile, await SiloProcess.TokenAsync(folder, "clerk", Office, "clerk-3", cancellationToken), cancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tokenFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return
        [
            "--back-office", silo.Address.ToString(), "--token-file", tokenFile,
            "--terminal-key", terminal.KeyFile, "--terminal-certificate", terminal.CertificateFile,
        ];
    }

    /// <summary>Scripts for another terminal: a counter of one's own, and tokens for the API.</summary>
    private void WriteScripts(IReadOnlyList<string> arguments, string pcscSocket)
    {
        WriteScript("counter", $"{PrivatePcscd.SocketVariable}='{pcscSocket}'", "Jpki.Counter.Gateway", [.. arguments]);
        WriteScript("token", $"DataFolder='{folder}'", "Jpki.Silo", ["token"]);
    }

    private void WriteScript(string name, string variable, string assembly, IReadOnlyList<string> arguments)
    {
        var script = Path.Combine(folder, name);
        File.WriteAllText(script, $"""
            #!/bin/sh
            # Of the running town hall; made anew by each ./run.
            export {variable}
            exec dotnet '{Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")}' {string.Join(' ', arguments.Select(each => $"'{each}'"))} "$@"

            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private int NextDay()
    {
        var file = Path.Combine(folder, "day");
        var number = File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var last) ? last + 1 : 1;
        // Counted before the day is played: a day broken off is not played again over its own half.
        File.WriteAllText(file, number.ToString(CultureInfo.InvariantCulture));
        return number;
    }

    private int Conclude(TimeSpan took)
    {
        _narrator.Say("");
        if (_narrator.Broken.Count == 0)
        {
            _narrator.Say($"The day is over: all {_narrator.Held} checks held, in {took.TotalSeconds:0} s.");
            return 0;
        }

        _narrator.Say($"The day is over: {_narrator.Held} checks held, {_narrator.Broken.Count} did NOT:");
        foreach (var broken in _narrator.Broken)
            _narrator.Say($"  ✗ {broken}");
        _narrator.Say($"The silo's log is {Path.Combine(folder, "silo.log")}.");
        return 1;
    }

    private async Task ServeAsync(SiloProcess silo, Hanako hanako, CancellationToken cancellationToken)
    {
        _narrator.Say("");
        _narrator.Say("The town hall stays open until Ctrl-C. From another terminal:");
        var shown = Path.GetRelativePath(Environment.CurrentDirectory, folder);
        foreach (var (command, what) in new[]
        {
            ($"{shown}/counter", "a counter of your own; her card is in the reader"),
            ($"{shown}/counter status {hanako.Id}", "how things stand with her"),
            ($"{shown}/token --role auditor", "a token for the API"),
            ($"curl {silo.Address}openapi/v1.json", "the API's description"),
        })
            _narrator.Say($"  {command,-52} {what}");
        _narrator.Say($"Hanako's PINs: signature {hanako.SignaturePin}, user authentication {hanako.NewUserAuthenticationPin}, card's own {hanako.BasicRegisterPin}.");
        _narrator.Say("The played clock says Tuesday, a little after 10:00, and goes on from there.");
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _narrator.Say("Closing the town hall …");
        }
    }
}
