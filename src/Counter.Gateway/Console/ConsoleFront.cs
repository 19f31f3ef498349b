using Jpki.Counter.Gateway.Procedures;
using Jpki.Domain;

namespace Jpki.Counter.Gateway.Console;

/// <summary>
/// 文字の画面: the plain console of this version. At a terminal the PIN is typed unseen; with input redirected every prompt is one line ending
/// in a newline, so that a program can sit where the clerk does.
/// </summary>
public sealed class ConsoleFront(TextReader input, TextWriter output, bool interactive) : ICounterFront
{
    public void Show(ProcedureStep step) => output.WriteLine($"  - {step.Japanese} / {step.English}");

    public async Task<bool> ContinueAsync(Stop interruption, CancellationToken cancellationToken)
    {
        output.WriteLine($"  ! {interruption.Japanese}");
        output.WriteLine($"    {interruption.English} [{interruption.Code}]");
        Prompt("続ける: Enter, 中止: q / Enter to continue, q to give up");
        return await input.ReadLineAsync(cancellationToken) is { } answer && answer.Trim() != "q";
    }

    public async Task<char[]?> AskPinAsync(PinRequest request, CancellationToken cancellationToken)
    {
        if (request.Problem is { } problem)
            output.WriteLine($"  ! {problem.Japanese} / {problem.English}");
        var tries = request.TriesLeft is { } left ? $" (あと{left}回 / tries left: {left})" : "";
        Prompt(request.IsNew
            ? $"新しい暗証番号 / New PIN: {Name(request.Kind)} {Form(request.Kind)}"
            : $"暗証番号 / PIN: {Name(request.Kind)}{tries}");
        return interactive ? ReadUnseen() : (await input.ReadLineAsync(cancellationToken))?.ToCharArray();
    }

    /// <summary>How a command ended; the last line of each.</summary>
    public int Conclude(ProcedureResult result)
    {
        switch (result)
        {
            case ProcedureResult.Completed completed:
                output.WriteLine($"= 完了 / completed: {completed.Japanese} / {completed.English}");
                return ExitCodes.Completed;
            case ProcedureResult.Stopped { Why: var why }:
                output.WriteLine($"= 中断 / stopped: {why.Code}{(why.Rule is { } rule ? $" ({rule})" : "")}: {why.Japanese} / {why.English}");
                return ExitCodes.Stopped;
            default:
                throw new ArgumentOutOfRangeException(nameof(result));
        }
    }

    /// <summary>Tells a program in the clerk's place that the command is over: a line with a full stop.</summary>
    public void EndOfCommand() => output.WriteLine(interactive ? "" : ".");

    public void Prompt(string text)
    {
        output.Write($"? {text}: ");
        if (!interactive)
            output.WriteLine();
    }

    // An empty line gives up; backspace works; nothing is echoed.
    private char[]? ReadUnseen()
    {
        Span<char> typed = stackalloc char[64];
        var length = 0;
        while (System.Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
                length = Math.Max(0, length - 1);
            else if (length < typed.Length && !char.IsControl(key.KeyChar))
                typed[length++] = key.KeyChar;
        }

        output.WriteLine();
        var pin = length == 0 ? null : typed[..length].ToArray();
        typed.Clear();
        return pin;
    }

    private static string Name(PinKind kind) => kind switch
    {
        PinKind.Signature => "署名用 / signature",
        PinKind.UserAuthentication => "利用者証明用 / user-authentication",
        PinKind.CardFace => "券面事項入力補助用 / card-face",
        PinKind.BasicRegister => "住民基本台帳用 / basic-register",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string Form(PinKind kind) => kind == PinKind.Signature
        ? "(英大文字と数字を混ぜて6〜16桁 / 6 to 16 capitals and digits, both)"
        : "(数字4桁 / 4 digits)";
}

/// <summary>What a shell sees.</summary>
public static class ExitCodes
{
    public const int Completed = 0;
    public const int Stopped = 1;
    public const int Usage = 2;
}
