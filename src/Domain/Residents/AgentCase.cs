using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents;

/// <summary>
/// 代理人手続き (照会書兼回答書): an appointed agent asks, the holder is asked by post, and answers in a sealed letter the agent brings (S22). A
/// resident has one at a time.
/// </summary>
public abstract record AgentCase
{
    /// <summary>
    /// 回答期限までの日数: 30 days, the opening day not counted. The city's page names no term; cities that print one on the letter give about a month,
    /// enough for the post both ways and short enough that a stolen reply is soon worth nothing.
    /// </summary>
    public const int DaysToAnswer = 30;

    private AgentCase()
    {
    }

    public sealed record None : AgentCase
    {
        public static readonly None Instance = new();
    }

    /// <summary>Not ended yet, whatever is done of it.</summary>
    /// <param name="Id">The command that opened it.</param>
    /// <param name="Errand">What the agent is to do.</param>
    /// <param name="DueOn">Last day on which the reply is taken and the errand done, inclusive.</param>
    public abstract record Open(CommandId Id, AgentErrand Errand, DateOnly DueOn) : AgentCase
    {
        public bool IsExpired(Circumstances c) => DueOn < c.Today;
    }

    /// <summary>受付済・照会書未発送</summary>
    public sealed record Opened(CommandId Id, AgentErrand Errand, DateOnly DueOn) : Open(Id, Errand, DueOn);

    /// <summary>照会書発送済・回答待ち</summary>
    public sealed record LetterSent(CommandId Id, AgentErrand Errand, DateOnly DueOn) : Open(Id, Errand, DueOn);

    /// <summary>回答済: the errand may be done, once.</summary>
    public sealed record Answered(CommandId Id, AgentErrand Errand, DateOnly DueOn) : Open(Id, Errand, DueOn);
}

/// <summary>代理人手続きの段階, as shown.</summary>
public enum AgentCaseStage
{
    /// <summary>受付済・照会書未発送</summary>
    Opened,

    /// <summary>照会書発送済・回答待ち</summary>
    LetterSent,

    /// <summary>回答済</summary>
    Answered,
}

/// <summary>The open case as shown.</summary>
/// <param name="DueOn">Last day, inclusive.</param>
public sealed record AgentCaseView(CommandId Id, AgentCaseStage Stage, AgentErrand Errand, DateOnly DueOn)
{
    /// <summary>None when no case is open.</summary>
    public static AgentCaseView? Of(AgentCase state) => state switch
    {
        AgentCase.None => null,
        AgentCase.Opened x => new(x.Id, AgentCaseStage.Opened, x.Errand, x.DueOn),
        AgentCase.LetterSent x => new(x.Id, AgentCaseStage.LetterSent, x.Errand, x.DueOn),
        AgentCase.Answered x => new(x.Id, AgentCaseStage.Answered, x.Errand, x.DueOn),
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };
}
