using Jpki.Ledger;

namespace Jpki.Silo.Api;

/// <summary>
/// What is refused before any of our own code sees it (no token, no such path, too large a body) gets the same form as every other "no": a
/// code and a sentence in both languages. It rests on no rule, and repeats nothing of what was sent.
/// </summary>
public static class BareProblems
{
    public static void Complete(ProblemDetailsContext context)
    {
        var (code, japanese, english) = Of(context.ProblemDetails.Status ?? context.HttpContext.Response.StatusCode);
        Problems.Describe(context.ProblemDetails, "http", code, null, japanese, english);
    }

    /// <summary>What an exception is to the sender: a request the server could not read, a store that is away, or a bug.</summary>
    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException unreadable => unreadable.StatusCode,
        LedgerUnavailableException or TimeoutException => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static (string Code, string Japanese, string English) Of(int status) => status switch
    {
        StatusCodes.Status400BadRequest => (
            "BadRequest", "要求の形式が正しくありません。OpenAPI の記述を確かめてください。", "The request is not of the right form. Look at the OpenAPI description."),
        StatusCodes.Status401Unauthorized => (
            "NotSignedIn", "認証されていないか、有効期限が切れています。サインインしてください。", "Not signed in, or no longer. Sign in."),
        StatusCodes.Status403Forbidden => ("RoleMayNot", "権限がありません。", "Your role may not do this."),
        StatusCodes.Status404NotFound => ("NoSuchDoor", "そのような場所はありません。URL を確かめてください。", "There is nothing here. Check the URL."),
        StatusCodes.Status405MethodNotAllowed => ("WrongMethod", "この場所ではその操作はできません。", "That method is not for this URL."),
        StatusCodes.Status413PayloadTooLarge => ("TooLarge", "本文が大きすぎます。64 KiB 以下にしてください。", "The body is too large. Send at most 64 KiB."),
        StatusCodes.Status415UnsupportedMediaType => (
            "WrongContentType", "この場所の Content-Type ではありません。OpenAPI の記述を確かめてください。",
            "That Content-Type is not for this URL. Look at the OpenAPI description."),
        StatusCodes.Status503ServiceUnavailable => (
            "Unavailable", "業務システムが一時的に応答できません。少し待って同じ要求をもう一度送ってください。",
            "The back office can't answer for the moment. Wait a little and send the same again."),
        _ => (
            "InternalError", "内部で問題が起きました。同じコマンドIDでもう一度送り、続くときは係員を呼んでください。",
            "Something went wrong inside. Send it again with the same command id; call support if it persists."),
    };
}
