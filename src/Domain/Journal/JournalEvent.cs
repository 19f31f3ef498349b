using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Journal;

/// <summary>
/// What an office's journal holds: attempts that came to nothing, and readings. It is no part of any resident's history and changes no state,
/// and says of a resident the key and nothing else. Who, where, when and under which command id stands in its <see cref="Provenance"/>.
/// </summary>
public abstract record JournalEvent;

/// <summary>
/// Somebody known asked for something and was refused (B3). The provenance names the command, or the door where it was none, and its id as the
/// sender chose it; the same attempt sent again is another entry.
/// </summary>
/// <param name="Resident">None where it was about no single resident.</param>
/// <param name="Code">The fact in the way, as answered (<see cref="Refusal.Code"/>).</param>
/// <param name="Rule">Mission row it rests on; none where there is no such thing.</param>
[StoredName("attempt-refused.v1", "不受理の記録")]
public sealed record AttemptRefused(string Code, string? Rule = null, ResidentId? Resident = null) : JournalEvent;

/// <summary>Personal data was handed out to somebody.</summary>
/// <param name="Residents">Whom the answer was about; empty where <paramref name="Reference"/> tells it.</param>
/// <param name="Reference">Which of many: a serial number, an agent case, an image's SHA-256, a bulk revocation.</param>
[StoredName("record-read.v1", "閲覧の記録")]
public sealed record RecordRead(RecordKind What, IReadOnlyList<ResidentId> Residents, string? Reference = null) : JournalEvent;

/// <summary>
/// A resident's four attributes were masked in the record. Their leaves still stand for what was recorded; this entry, which has a leaf of its own, says
/// what the bodies are from now on, so that nobody else masks anything unnoticed.
/// </summary>
/// <param name="Bodies">Every event masked, by version.</param>
[StoredName("bodies-masked.v1", "個人情報の消去の記録")]
public sealed record BodiesMasked(ResidentId Resident, IReadOnlyList<MaskedBody> Bodies) : JournalEvent;

/// <summary>消去後の本文: what is left of an event's body.</summary>
/// <param name="Version">The event's, in the resident's stream.</param>
/// <param name="Sha256">Of the text form of PostgreSQL's jsonb, lower-case hexadecimal. Without a salt: nothing personal is left in it.</param>
public sealed record MaskedBody(long Version, string Sha256);

/// <summary>閲覧の対象: what was read.</summary>
public enum RecordKind
{
    /// <summary>現況: the resident's present state, with or without the four attributes.</summary>
    State,

    /// <summary>履歴: all events.</summary>
    History,

    /// <summary>証明書: an issued certificate, which may carry the four attributes.</summary>
    Certificate,

    /// <summary>証拠画像: the copy of an identity document.</summary>
    Evidence,

    /// <summary>照会書</summary>
    InquiryLetter,

    /// <summary>未了事務の一覧</summary>
    Worklist,

    /// <summary>一括失効: its lines, or what became of them.</summary>
    Bulk,

    /// <summary>突合: what differs, with whom.</summary>
    Reconciliation,

    /// <summary>業務日誌: this journal itself.</summary>
    Journal,

    /// <summary>監査用の書き出し: everything of a municipality, or one event with its proof.</summary>
    Export,

    /// <summary>帳票: a table, some of which list residents.</summary>
    Report,
}
