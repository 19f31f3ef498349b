using System.Collections.Immutable;
using System.Diagnostics;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents;

/// <summary>承認待ち・承認済みの例外: what waits for a second pair of eyes, and what two have agreed on that is still to be used.</summary>
/// <param name="Proposals">Neither confirmed, withdrawn nor lapsed, oldest first.</param>
/// <param name="CounterOpenOn">Days on which the counter serves this resident outside its hours (S15).</param>
public sealed record Supervision(ImmutableList<Proposal> Proposals, ImmutableSortedSet<DateOnly> CounterOpenOn)
{
    public static readonly Supervision None = new([], []);

    /// <summary>S15: whether two officers opened the counter to the resident on this day.</summary>
    public bool OpensCounterOn(DateOnly day) => CounterOpenOn.Contains(day);

    /// <summary>The open proposal of this id, or none.</summary>
    public Proposal? Find(CommandId id) => Proposals.Find(each => each.Id == id);

    internal Supervision With(Proposal proposal) => this with { Proposals = Proposals.Add(proposal) };

    internal Supervision Without(CommandId id) => this with { Proposals = Proposals.Remove(Open(id)) };

    internal Supervision Confirmed(CommandId id) => Open(id).What is ProposedException.ReceptionHours hours
        ? Without(id) with { CounterOpenOn = CounterOpenOn.Add(hours.On) }
        : Without(id);

    private Proposal Open(CommandId id) => Find(id) ?? throw new UnreachableException("The stream ends a proposal that is not open.");
}

/// <summary>例外の提案, while it is open.</summary>
/// <param name="Id">The command that proposed.</param>
/// <param name="What">The exception.</param>
/// <param name="By">Subject of who proposed: the one who may not confirm.</param>
/// <param name="At">When it was proposed.</param>
public sealed record Proposal(CommandId Id, ProposedException What, string By, DateTimeOffset At)
{
    /// <summary>
    /// 承認期限, in days after the day of the proposal. No rule names one: two weeks outlast a supervisor's holiday, and are short enough that
    /// what is confirmed is still what was seen.
    /// </summary>
    public const int DaysToConfirm = 14;

    /// <summary>Last day on which it can be confirmed, inclusive.</summary>
    public DateOnly LastDay => Jst.DayOf(At).AddDays(DaysToConfirm);
}

/// <summary>例外: what one officer alone may not do. A closed set. Reasons are codes: free text would bring personal data into the log.</summary>
public abstract record ProposedException
{
    private ProposedException()
    {
    }

    /// <summary>What was issued was never right: its certificates end with no application of the holder.</summary>
    /// <param name="Kinds">One or both, each once.</param>
    [StoredName("ex-officio-revocation", "職権による失効")]
    public sealed record ExOfficioRevocation(IReadOnlyList<CertificateKind> Kinds, ExOfficioReason Reason) : ProposedException;

    /// <summary>One certificate ends with no application of the holder, as a line of a <see cref="Bulk.BulkRevocation"/>.</summary>
    [StoredName("ex-officio-revocation-by-serial", "発行番号による職権の失効")]
    public sealed record ExOfficioRevocationBySerial(SerialNumber Serial, ExOfficioReason Reason) : ProposedException;

    /// <summary>The counter serves this resident outside its hours (S15).</summary>
    /// <param name="On">The day, JST; the whole of it.</param>
    [StoredName("reception-hours", "受付時間の例外")]
    public sealed record ReceptionHours(DateOnly On, HoursReason Reason) : ProposedException;

    /// <summary>A signature certificate for an adult ward (S24).</summary>
    [StoredName("ward", "成年被後見人の例外")]
    public sealed record Ward(WardReason Reason) : ProposedException;
}

/// <summary>職権による失効の理由</summary>
public enum ExOfficioReason
{
    /// <summary>記録誤り in the registry or on the certificate.</summary>
    RecordingError,

    /// <summary>誤発行: to the wrong person, or to one who may not have it.</summary>
    IssuedByMistake,

    /// <summary>秘密鍵の漏えい等 that the holder does not know of, such as a batch of cards whose keys are weak.</summary>
    KeyLeaked,
}

/// <summary>受付時間の例外の理由</summary>
public enum HoursReason
{
    /// <summary>受付時間内に来庁し手続きが終わらなかった</summary>
    CameInTime,

    /// <summary>臨時窓口・出張受付</summary>
    ExtraCounter,

    /// <summary>システム障害による受付の遅れ</summary>
    SystemFailure,

    /// <summary>やむを得ない事情 on the holder's side, such as a stay in hospital.</summary>
    Hardship,
}

/// <summary>成年被後見人の例外の理由</summary>
public enum WardReason
{
    /// <summary>署名の意味を理解できることを確認</summary>
    UnderstandsSigning,

    /// <summary>法定代理人の同行</summary>
    GuardianPresent,
}
