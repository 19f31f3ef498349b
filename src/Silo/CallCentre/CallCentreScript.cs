namespace Jpki.Silo.CallCentre;

/// <summary>The steps of a loss report on the telephone, in the order they are taken.</summary>
public enum ScriptStep
{
    /// <summary>最初に</summary>
    Greeting,

    /// <summary>本人確認, by telephone: name, date of birth, address.</summary>
    Identify,

    /// <summary>What will be suspended, and the caller's consent.</summary>
    Suspend,

    /// <summary>What is said once the suspension is recorded.</summary>
    Confirm,

    /// <summary>警察への届出</summary>
    Police,

    /// <summary>カードが見つかったとき: released at a counter only (S32).</summary>
    Found,

    /// <summary>問い合わせ: numbers and hours (S34).</summary>
    Enquiries,
}

/// <summary>One step: what is read out, then what is asked.</summary>
public sealed record ScriptPart(ScriptStep Step, string Heading, IReadOnlyList<string> Say, params IReadOnlyList<string> Ask);

/// <summary>
/// 読み上げ文: what the operator reads out in one language (S30, S31), and the words of the page it stands on. Every text is required, so a
/// language that lacks one does not compile.
/// </summary>
public sealed record CallCentreScript
{
    /// <summary>As in the address, e.g. <c>zh</c>.</summary>
    public required string Code { get; init; }

    /// <summary>BCP 47, e.g. <c>zh-Hans</c>; browsers choose the glyphs by it.</summary>
    public required string Tag { get; init; }

    /// <summary>The language's name in itself.</summary>
    public required string OwnName { get; init; }

    public required string Title { get; init; }

    /// <summary>How to use the page.</summary>
    public required string Lead { get; init; }

    /// <summary>Each step once, in order.</summary>
    public required IReadOnlyList<ScriptPart> Parts { get; init; }

    /// <summary>Names of the lines, in the order of <see cref="Domain.Rules.LossReportNumbers.All"/>.</summary>
    public required IReadOnlyList<string> LineNames { get; init; }

    /// <summary>Above what is asked.</summary>
    public required string Questions { get; init; }

    public required string OpenNow { get; init; }

    /// <summary>After the time shown.</summary>
    public required string JapanTime { get; init; }

    public required string Number { get; init; }

    public required string Line { get; init; }

    public required string LossReports { get; init; }

    public required string Enquiries { get; init; }

    public required string Open { get; init; }

    public required string Closed { get; init; }

    /// <summary>Name of the list of languages.</summary>
    public required string Languages { get; init; }

    /// <summary>That this is no public service.</summary>
    public required string TestNotice { get; init; }
}
