using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents;

/// <summary>
/// 個人情報の消去: when the four attributes may leave the record, and what stands in their place. Everything else stays, so a masked history folds to
/// the same certificates, card and residence as before.
/// </summary>
public static class Forgetting
{
    /// <summary>保存年数: years that must have passed since the last event. No public source settles it; ten is this house's decision.</summary>
    public const int RetentionYears = 10;

    private const string Gone = "消去済";

    /// <summary>What stands in place of a birth date.</summary>
    public static DateOnly NoBirthDate { get; } = new(1900, 1, 1);

    /// <summary>The refusal when the resident may not be forgotten; otherwise none.</summary>
    /// <param name="last">Instant of the last event.</param>
    public static Refusal? Check(Resident state, DateTimeOffset last, DateTimeOffset now) => state switch
    {
        Resident.Registered registered when registered.Certificates.Any(each => each.IsAlive(now)) => HasLiveCertificates(),
        Resident.Registered { Residence: not Residence.Removed } => StillRegistered(),
        Resident.Registered when Jst.DayOf(now) < Jst.DayOf(last).AddYears(RetentionYears) => RetentionNotOver(),
        Resident.Registered => null,
        _ => Refusals.UnknownResident(),
    };

    /// <summary>
    /// A stream with the attributes masked. Attributes that were the same are the same afterwards, and those that differed differ, so that what follows
    /// from a change still follows: each set of four has a number of its own in place of the name.
    /// </summary>
    public static IReadOnlyList<ResidentEvent> Mask(IEnumerable<ResidentEvent> stream)
    {
        var numbers = new Dictionary<FourAttributes, int>();
        return [.. stream.Select(Masked)];

        ResidentEvent Masked(ResidentEvent happened) => happened switch
        {
            ResidentRegistered e => e with { Attributes = MaskOf(e.Attributes) },
            FourAttributesChanged e => e with { Attributes = MaskOf(e.Attributes) },
            FourAttributesCorrected e => e with { Attributes = MaskOf(e.Attributes) },
            EarlierAttributesLearnt e => e with { Attributes = MaskOf(e.Attributes) },
            ResidentReturned e => e with { Attributes = MaskOf(e.Attributes) },
            CertificateOrdered { Order.Holder: not null } e => e with
            {
                Order = e.Order with { Holder = new(Gone, "000", Gone, "000", NoBirthDate, Sex.Unknown) },
            },
            CertificateIssued e => e with { Certificate = default },
            _ => happened,
        };

        FourAttributes MaskOf(FourAttributes attributes)
        {
            if (!numbers.TryGetValue(attributes, out var number))
                numbers.Add(attributes, number = numbers.Count + 1);
            return new($"{Gone}{number}", Gone, NoBirthDate, Sex.Unknown);
        }
    }

    private static Refusal HasLiveCertificates() => new(
        nameof(HasLiveCertificates), "house", RefusalNature.Conflict,
        "有効な電子証明書があるため消去できません。先に失効させてください。",
        "The resident has live certificates. They have to be revoked first.");

    private static Refusal StillRegistered() => new(
        nameof(StillRegistered), "house", RefusalNature.Conflict,
        "住民登録があるため消去できません。",
        "The resident is still in the registry.");

    private static Refusal RetentionNotOver() => new(
        nameof(RetentionNotOver), "house", RefusalNature.Conflict,
        $"最後の記録から{RetentionYears}年を経過していないため消去できません。",
        $"The record is kept for {RetentionYears} years after the last event.");
}
