namespace Jpki.Domain.Rules;

/// <summary>
/// 有効期間: how long a certificate lives (S10, S13). 公的個人認証法 (平成14年法律第153号) 第5条 leaves it to the ministry's order
/// (平成15年総務省令第120号); the city's page and the national wording read that order differently in one case, see <see cref="SixthBirthday"/>.
/// </summary>
public static class Validity
{
    /// <summary>Years that no certificate outlives, give or take a day around 29 February: the sixth birthday is at most so far off.</summary>
    public const int LongestYears = BirthdayWhenNear;

    private const int UsualBirthday = 5;
    private const int BirthdayWhenNear = 6;
    private const int NearMonths = 3;

    /// <summary>
    /// 有効期間の満了日: the last day of validity, inclusive; it ends with 23:59:59 JST (<see cref="Jst.EndOf"/>). The earliest of the fifth (or
    /// sixth) birthday after the application, the card's last day, and for a signature certificate the last day of the user authentication
    /// certificate. Whether card and certificates are valid at all is not asked here: from a card that has expired, a past day follows.
    /// </summary>
    /// <param name="rules">The rule set in force on the day of application: it says when the sixth birthday counts.</param>
    /// <param name="kind">Which certificate.</param>
    /// <param name="birthDate">生年月日</param>
    /// <param name="applicationDay">申請日, JST. A birthday on that day is not counted.</param>
    /// <param name="cardExpiry">The card's last day, inclusive.</param>
    /// <param name="authenticationExpiry">Last day of the user authentication certificate held, or of the one issued in the same visit; null
    /// where none is held. It bounds signature certificates only.</param>
    /// <param name="oldCertificateExpiry">Last day of the certificate of the same kind that is being replaced; null where there is none.</param>
    public static DateOnly LastDay(
        RuleSet rules,
        CertificateKind kind,
        DateOnly birthDate,
        DateOnly applicationDay,
        DateOnly cardExpiry,
        DateOnly? authenticationExpiry,
        DateOnly? oldCertificateExpiry)
    {
        var near = rules.SixthBirthday switch
        {
            SixthBirthday.NearTheBirthday => IsNear(applicationDay, Birthdays.NextAfter(birthDate, applicationDay)),
            SixthBirthday.NearTheOldCertificatesEnd => oldCertificateExpiry is { } end && IsNear(applicationDay, end),
            _ => throw new ArgumentOutOfRangeException(nameof(rules), rules.SixthBirthday, null),
        };

        var birthday = Birthdays.Nth(birthDate, applicationDay, near ? BirthdayWhenNear : UsualBirthday);
        var lastDay = Earlier(birthday, cardExpiry);
        return kind == CertificateKind.Signature && authenticationExpiry is { } bound ? Earlier(lastDay, bound) : lastDay;
    }

    /// <summary>
    /// 3か月未満: a day has not passed and less than three months remain until it. Exactly three months is not less; the day three months
    /// before clips to its month's end (31 May gives 28 or 29 February).
    /// </summary>
    private static bool IsNear(DateOnly today, DateOnly day) => today <= day && today > day.AddMonths(-NearMonths);

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
