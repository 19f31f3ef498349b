using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents;

/// <summary>未了事務の一覧: what waits for somebody, as asked for and answered.</summary>
/// <param name="Items">The earliest due first, a resident's items together.</param>
/// <param name="More">There are more; ask for one kind, or for an earlier day.</param>
public sealed record Worklist(IReadOnlyList<WaitingItem> Items, bool More);

/// <param name="Since">Since when it waits.</param>
/// <param name="DueOn">Last day in time, inclusive.</param>
/// <param name="Reference">What it is about: the id of the command that began it.</param>
public sealed record WaitingItem(ResidentId Resident, WorkKind Kind, DateOnly? Since, DateOnly DueOn, string Reference);
