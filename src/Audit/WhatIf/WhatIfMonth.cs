namespace Jpki.Audit.WhatIf;

/// <summary>もしもの月次: a month's applications as they were decided, and as they would have been under another rule set.</summary>
/// <param name="Month">First day of the month, JST.</param>
/// <param name="Applications">Hand-overs and applications for certificates that were accepted and judged again.</param>
/// <param name="Yen">Fees that were charged.</param>
/// <param name="OtherYen">Fees that would have been; refused applications pay none.</param>
/// <param name="LongerDays">Days of validity that certificates would have had more, summed.</param>
/// <param name="ShorterDays">Days that they would have had less, summed.</param>
/// <param name="Refused">Applications that would have been refused, by the code of the refusal.</param>
/// <param name="RevokedBySuspension">Certificates that were held and would have been revoked.</param>
/// <param name="HeldBySuspension">Certificates that were revoked and would have been held.</param>
/// <param name="NotReconstructed">Accepted applications whose command can't be told from the events.</param>
/// <param name="RefusedThen">Attempts that were refused then, known from the journal; what they asked is not kept, so they are not judged again.</param>
public sealed record WhatIfMonth(
    DateOnly Month,
    long Applications,
    long Yen,
    long OtherYen,
    long LongerDays,
    long ShorterDays,
    IReadOnlyDictionary<string, long> Refused,
    long RevokedBySuspension,
    long HeldBySuspension,
    long NotReconstructed,
    long RefusedThen)
{
    /// <summary>Fees more, or less, than were charged.</summary>
    public long YenDifference => OtherYen - Yen;

    /// <summary>Whether the other rules would have changed anything.</summary>
    public bool IsAsItWas => YenDifference == 0 && LongerDays == 0 && ShorterDays == 0 && Refused.Count == 0 && RevokedBySuspension == 0 && HeldBySuspension == 0;
}
