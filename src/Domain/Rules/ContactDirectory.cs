namespace Jpki.Domain.Rules;

/// <summary>What a telephone line is open for.</summary>
public enum ContactPurpose
{
    /// <summary>紛失・盗難による一時停止の受付 (S30)</summary>
    LossReport,

    /// <summary>問い合わせ (S34)</summary>
    Enquiry,
}

/// <summary>A line that answers, and what for.</summary>
public sealed record OpenLine(ContactPurpose Purpose, TelephoneLine Line);

/// <summary>問い合わせ先: whom one can call (S34).</summary>
public static class ContactDirectory
{
    /// <summary>
    /// The lines open at an instant: for loss reports always all three, for enquiries the same three within <see cref="ContactHours"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The day lies after <see cref="JapaneseHolidays.LastKnownDay"/>.</exception>
    public static IReadOnlyList<OpenLine> OpenAt(DateTimeOffset at)
    {
        var lossReports = LinesFor(ContactPurpose.LossReport);
        return ContactHours.IsOpen(at) ? [.. lossReports, .. LinesFor(ContactPurpose.Enquiry)] : [.. lossReports];
    }

    private static IEnumerable<OpenLine> LinesFor(ContactPurpose purpose) =>
        LossReportNumbers.All.Select(line => new OpenLine(purpose, line));
}
