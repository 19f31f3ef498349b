namespace Jpki.Domain;

/// <summary>What sort of "no" a refusal is; the API maps it to one HTTP status.</summary>
public enum RefusalNature
{
    /// <summary>The sender may not do this at all (403).</summary>
    Forbidden,

    /// <summary>There is no such thing here (404).</summary>
    NotFound,

    /// <summary>It does not fit what has happened already (409).</summary>
    Conflict,

    /// <summary>A rule stands against it (422).</summary>
    RuleBroken,
}

/// <summary>
/// 不受理: "no" as a value: a stable code, the rule it rests on, and a sentence for people. Contains no personal data.
/// </summary>
/// <param name="Code">The fact in the way, stable for programs, e.g. <c>CardFaceNotCurrent</c>.</param>
/// <param name="Rule">Mission row it rests on, e.g. <c>S25</c>; for plain contradictions the row that defines the procedure.</param>
/// <param name="Nature">What sort of no.</param>
/// <param name="Japanese">What stands in the way and what to do next.</param>
/// <param name="English">The same in English.</param>
public sealed record Refusal(string Code, string Rule, RefusalNature Nature, string Japanese, string English);
