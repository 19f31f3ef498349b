namespace Jpki.Domain.Rules;

/// <summary>When the sixth birthday counts instead of the fifth (S10, S13).</summary>
public enum SixthBirthday
{
    /// <summary>The application falls less than three months before the next birthday (city's page, 2018).</summary>
    NearTheBirthday,

    /// <summary>The certificate being renewed has less than three months left (national wording).</summary>
    NearTheOldCertificatesEnd,
}

/// <summary>
/// 適用規則: what differs between dated sets of rules. Which set is in force from which day is the municipality's configuration; a decision
/// is taken under one set and its outcome is recorded, so that replay never computes it again.
/// </summary>
/// <param name="Name">Recorded with each event.</param>
/// <param name="SixthBirthday">Which test gives the sixth birthday.</param>
/// <param name="RenewalIsFree">Renewal, and issue after expiry, cost nothing.</param>
/// <param name="RenewalWindowMonths">Renewal opens the day after (last day − this many months); none: at any time.</param>
/// <param name="SuspensionRevokesSignature">A call-centre suspension ends the signature certificate and holds only the other.</param>
public sealed record RuleSet(string Name, SixthBirthday SixthBirthday, bool RenewalIsFree, int? RenewalWindowMonths, bool SuspensionRevokesSignature)
{
    /// <summary>国外継続利用: first day of departure from which the card may be used on from abroad; none: it may not.</summary>
    public DateOnly? ContinuedUseOverseasFrom { get; init; }

    /// <summary>A supervisor may allow an adult ward signature certificates (S24).</summary>
    public bool WardExceptions { get; init; }

    /// <summary>The city's page of 2018-09-28; the default.</summary>
    public static readonly RuleSet Akishima2018 = new("akishima-2018", SixthBirthday.NearTheBirthday, false, null, false);

    /// <summary>The national wording as cities publish it in 2026.</summary>
    public static readonly RuleSet National2026 = new("national-2026", SixthBirthday.NearTheOldCertificatesEnd, true, 3, true)
    {
        // 令和元年法律第16号 amended 公的個人認証法 and 番号利用法 for those abroad; in force on that day.
        ContinuedUseOverseasFrom = new DateOnly(2024, 5, 27),
        WardExceptions = true,
    };

    /// <exception cref="ArgumentException">No such set: a configuration error, refused at start-up.</exception>
    public static RuleSet Named(string name) =>
        new[] { Akishima2018, National2026 }.FirstOrDefault(set => set.Name == name)
        ?? throw new ArgumentException($"There is no rule set '{name}'; there are {Akishima2018.Name} and {National2026.Name}.", nameof(name));
}
