using Jpki.Domain.Bulk;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;
using Jpki.Ledger;

namespace Jpki.Silo.Bulk;

/// <summary>一括失効の状態, as shown.</summary>
public enum BulkStatus
{
    /// <summary>承認待ち</summary>
    Waiting,

    /// <summary>期限切れ: nobody confirmed in time.</summary>
    Lapsed,

    /// <summary>取下げ: taken back or turned down.</summary>
    Withdrawn,

    /// <summary>処理中: confirmed, not all lines carried out.</summary>
    UnderWay,

    /// <summary>処理済</summary>
    Finished,
}

/// <summary>A bulk revocation as shown.</summary>
/// <param name="ProposedBy">Account name.</param>
/// <param name="DueOn">Last day on which it can be confirmed, inclusive.</param>
/// <param name="Sha256">Of the accepted lines as <c>/bulk/{id}/lines</c> gives them.</param>
/// <param name="Lines">Accepted lines.</param>
/// <param name="DecidedBy">Account name of who confirmed, or withdrew.</param>
public sealed record BulkView(
    CommandId Id,
    BulkStatus Status,
    ExOfficioReason Reason,
    string ProposedBy,
    DateTimeOffset ProposedAt,
    DateOnly DueOn,
    string Sha256,
    int Lines,
    BulkProgress Progress,
    string? DecidedBy,
    DateTimeOffset? DecidedAt)
{
    public static BulkView Of(StoredBulk stored, DateTimeOffset now)
    {
        var (bulk, progress) = stored;
        return new(
            bulk.Id, StatusOf(stored, Jst.DayOf(now)), bulk.Reason, bulk.ProposedBy.Subject, bulk.ProposedAt, bulk.DueOn, bulk.Sha256,
            progress.Remaining + progress.Done + progress.Failed, progress, bulk.Decision?.By.Subject, bulk.Decision?.At);
    }

    private static BulkStatus StatusOf(StoredBulk stored, DateOnly today) => stored.Bulk.Decision switch
    {
        null => stored.Bulk.DueOn < today ? BulkStatus.Lapsed : BulkStatus.Waiting,
        { Confirmed: false } => BulkStatus.Withdrawn,
        _ => stored.Progress.Remaining > 0 ? BulkStatus.UnderWay : BulkStatus.Finished,
    };
}

/// <summary>A line as reported.</summary>
/// <param name="Line">As numbered in the file, the header being 1.</param>
/// <param name="Resident">None, with <paramref name="Serial"/>, of a line that could not be read.</param>
/// <param name="Code">Why it was rejected or failed, with <paramref name="Rule"/> and both sentences.</param>
public sealed record BulkLineView(
    int Line, ResidentId? Resident, SerialNumber? Serial, BulkOutcome Outcome, string? Code, string? Rule, string? Japanese, string? English)
{
    public static BulkLineView Of(BulkLineState state) => new(
        state.Number, state.Line?.Resident, state.Line?.Serial, state.Outcome, state.Why?.Code, state.Why?.Rule, state.Why?.Japanese, state.Why?.English);
}

/// <param name="Bulk">None when no line was accepted, and nothing waits.</param>
/// <param name="Lines">In the order of the file.</param>
public sealed record BulkReport(BulkView? Bulk, IReadOnlyList<BulkLineView> Lines);
