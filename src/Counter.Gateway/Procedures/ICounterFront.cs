using Jpki.Domain;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>
/// 窓口の画面: what a procedure asks of people and tells them. A console and a page each implement it; the procedures know neither.
/// </summary>
public interface ICounterFront
{
    /// <summary>A step began or ended. Called in order; must not block.</summary>
    void Show(ProcedureStep step);

    /// <summary>The procedure is interrupted and can go on. True when what was asked has been done, false to give up.</summary>
    Task<bool> ContinueAsync(Stop interruption, CancellationToken cancellationToken);

    /// <summary>
    /// The resident types a PIN on the PIN pad. The characters are handed over: the caller wipes them. Null: given up.
    /// </summary>
    Task<char[]?> AskPinAsync(PinRequest request, CancellationToken cancellationToken);
}

/// <summary>What happens, as people read it.</summary>
/// <param name="Name">Stable name of the step, e.g. <c>write-certificate</c>.</param>
/// <param name="Kind">The certificate it is about, where it is about one.</param>
/// <param name="Japanese">In plain words.</param>
/// <param name="English">In plain words.</param>
public sealed record ProcedureStep(string Name, CertificateKind? Kind, string Japanese, string English);

/// <summary>Which PIN is wanted.</summary>
/// <param name="Kind">Which.</param>
/// <param name="IsNew">True when a new one is chosen, false when the present one is verified.</param>
/// <param name="TriesLeft">How often a wrong one may still be entered; none for a new one.</param>
/// <param name="Problem">What was wrong with the last entry; none the first time.</param>
public sealed record PinRequest(PinKind Kind, bool IsNew, int? TriesLeft, PinProblem? Problem);

/// <summary>Why an entry was not taken.</summary>
public sealed record PinProblem(string Japanese, string English);

/// <summary>How a procedure ended.</summary>
public abstract record ProcedureResult
{
    private ProcedureResult()
    {
    }

    /// <summary>完了</summary>
    public sealed record Completed(string Japanese, string English) : ProcedureResult;

    /// <summary>中断: nothing is lost; the message says what to do.</summary>
    public sealed record Stopped(Stop Why) : ProcedureResult;
}
