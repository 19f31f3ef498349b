namespace Jpki.Domain.Rules;

/// <summary>
/// 住基カードの電子証明書の有効期間: three years from the day of issue, unless one of the four attributes changes (S2). Days are JST.
/// </summary>
/// <param name="IssuedOn">The day of issue, which counts.</param>
/// <param name="LastDay">Last day of validity, inclusive, leaving changes aside.</param>
public readonly record struct LegacyValidity(DateOnly IssuedOn, DateOnly LastDay)
{
    private const int Years = 3;

    /// <summary>平成16年1月29日: the day the public certification service opened.</summary>
    public static readonly DateOnly FirstIssue = new(2004, 1, 29);

    /// <summary>平成27年12月22日: the last day on which a certificate was written to a Juki card (S1), inclusive.</summary>
    public static readonly DateOnly LastIssue = new(2015, 12, 22);

    /// <summary>
    /// The day of issue is counted in, so the last day is the one before its third anniversary; where that anniversary does not exist
    /// (29 February), the last of its month (民法第143条第2項; docs/decisions/0011-legacy-validity.md).
    /// </summary>
    public static LegacyValidity From(DateOnly issuedOn)
    {
        var anniversary = issuedOn.AddYears(Years);
        return new(issuedOn, anniversary.Day == issuedOn.Day ? anniversary.AddDays(-1) : anniversary);
    }

    /// <summary>
    /// Whether a change that took effect on a day ended it: after the day of issue and not after its last day. What changed up to
    /// the day of issue is what was certified.
    /// </summary>
    public bool IsEndedBy(DateOnly changedOn) => IssuedOn < changedOn && changedOn <= LastDay;
}
