using System.CommandLine;
using System.Net.Http.Headers;
using Jpki.Counter.Gateway.BackOffice;
using Jpki.Counter.Gateway.Cards;
using Jpki.Counter.Gateway.PcSc;

namespace Jpki.Counter.Gateway.Console;

/// <summary>窓口端末: the gateway as a console program: one command and out, or a prompt that takes one after another.</summary>
public static class GatewayApp
{
    private static readonly Option<Uri?> _backOffice = new("--back-office")
    {
        Description = "業務システムのURL / the back office",
        CustomParser = result => Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out var uri) ? uri : Malformed(result),
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:5080"),
    };

    private static readonly Option<FileInfo> _token = new("--token-file")
    {
        Description = "サインインのトークン / file with the bearer token of the clerk at this counter",
        Required = true,
    };

    private static readonly Option<FileInfo> _terminalKey = new("--terminal-key")
    {
        Description = "端末の秘密鍵 / the terminal's private key, PEM",
        Required = true,
    };

    private static readonly Option<FileInfo> _terminalCertificate = new("--terminal-certificate")
    {
        Description = "端末証明書 / the terminal's certificate",
        Required = true,
    };

    private static readonly Option<string?> _reader = new("--reader") { Description = "リーダの名前 / name of the reader; the first one when absent" };

    public static async Task<int> RunAsync(string[] arguments, TextReader input, TextWriter output, bool interactive)
    {
        var root = new RootCommand("窓口の端末: カードの手続き / the counter's gateway: procedures with the card. Without a command it asks for one after another.")
        {
            _backOffice, _token, _terminalKey, _terminalCertificate, _reader,
        };

        // Commands are read as the rest, so that the same parser serves the prompt.
        var command = new Argument<string[]>("command") { Description = "例 / e.g. status 13207-00000001; help で一覧 / help lists them", Arity = ArgumentArity.ZeroOrMore };
        root.Add(command);
        root.TreatUnmatchedTokensAsErrors = false;
        root.SetAction(async (parsed, token) =>
        {
            using var http = Http(parsed);
            using var terminal = FileTerminal.Load(parsed.GetValue(_terminalKey)!.FullName, parsed.GetValue(_terminalCertificate)!.FullName);
            if ((parsed.GetValue(_reader) ?? (Readers.List() is [var first, ..] ? first : null)) is not { } reader)
                return NoReader(output);

            var front = new ConsoleFront(input, output, interactive);
            var counter = new Procedures.Counter(reader, new BackOfficeClient(http), terminal, front, new CardSessionOptions());
            var commands = new CounterCommands(counter, front, output);
            string[] rest = [.. parsed.GetValue(command)!, .. parsed.UnmatchedTokens];
            return rest.Length > 0
                ? await InvokeAsync(commands, rest, output, token)
                : await PromptAsync(commands, front, input, output, token);
        });
        return await root.Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = output });
    }

    private static async Task<int> PromptAsync(
        CounterCommands commands, ConsoleFront front, TextReader input, TextWriter output, CancellationToken token)
    {
        output.WriteLine("窓口端末を開始しました。help で一覧、quit で終了 / The counter is open. help lists the commands, quit ends.");
        while (true)
        {
            front.Prompt("手続き / command");
            if (await input.ReadLineAsync(token) is not { } line || line.Trim() is "quit" or "exit")
                return ExitCodes.Completed;
            if (line.Trim() is { Length: > 0 } words)
                await InvokeAsync(commands, words.Split(' ', StringSplitOptions.RemoveEmptyEntries), output, token);
            front.EndOfCommand();
        }
    }

    private static async Task<int> InvokeAsync(CounterCommands commands, string[] words, TextWriter output, CancellationToken token)
    {
        var root = new RootCommand("窓口の手続き / procedures at the counter");
        foreach (var command in commands.All())
            root.Add(command);
        var parsed = root.Parse(words is ["help", ..] ? ["--help"] : words);
        if (parsed.Errors.Count == 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = output }, token);

        foreach (var error in parsed.Errors)
            output.WriteLine($"  ! {error.Message}");
        output.WriteLine("  help で一覧 / help lists the commands; COMMAND --help tells of one.");
        return ExitCodes.Usage;
    }

    private static Uri? Malformed(System.CommandLine.Parsing.ArgumentResult result)
    {
        result.AddError("--back-office: http://… の形のURLを指定してください / give a URL of the form http://…");
        return null;
    }

    private static HttpClient Http(ParseResult parsed)
    {
        var token = File.ReadAllText(parsed.GetValue(_token)!.FullName).Trim();
        return new HttpClient
        {
            BaseAddress = parsed.GetValue(_backOffice),
            Timeout = TimeSpan.FromSeconds(15),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
        };
    }

    private static int NoReader(TextWriter output)
    {
        output.WriteLine("カードリーダーがありません。接続と pcscd を確かめてください。/ No card reader. Check its cable, and that pcscd runs.");
        return ExitCodes.Stopped;
    }
}
