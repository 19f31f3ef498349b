using Jpki.Domain;
using Jpki.Domain.Rules;
using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Pki.Keys;
using Jpki.Pki.Profiles;
using Jpki.Pki.Revocation;

namespace Jpki.Silo.Revocation;

/// <summary>One list to be kept up: of one key of an authority, for one municipality.</summary>
internal sealed record ListDuty(Authority Authority, Municipality Municipality)
{
    public RevocationListScope Scope { get; } = new(Authority.KeyId, Municipality.Code);
}

/// <summary>失効リストの発行: builds, signs and publishes. Two silos may do so at once: the ledger gives each list one turn and one number.</summary>
internal sealed class ListPublisher(
    Authorities authorities,
    IMunicipalities municipalities,
    ICivilClock clock,
    RevocationListBuilder builder,
    RevocationListStore store,
    ListShelf shelf)
{
    private const int ListsDueAtOnce = 2;

    /// <summary>Every generation of both authorities that still has its key, for every municipality served here: what an older key signed is revoked by
    /// that key. A retired one has nothing left to revoke.</summary>
    public IReadOnlyList<ListDuty> Duties { get; } =
        [.. from authority in authorities.All where authority.CanSign from municipality in municipalities.All select new ListDuty(authority, municipality)];

    /// <param name="due">Which list, if any; asked when it is this silo's turn.</param>
    /// <returns>What was published; none when nothing was due.</returns>
    /// <exception cref="ListRejectedException">The list failed its check and was not published.</exception>
    /// <exception cref="LedgerUnavailableException">Nothing was published.</exception>
    /// <exception cref="LedgerOutcomeUnknownException">Published or not; the next attempt sees which.</exception>
    public async Task<PublishedList?> PublishAsync(
        ListDuty duty, Func<ListState, DateTimeOffset, ListKind?> due, CancellationToken cancellation)
    {
        var file = shelf.NewFile();
        try
        {
            var published = await store.PublishAsync(
                duty.Scope, Now(duty), state => due(state, Now(duty)), (draft, stop) => BuildAsync(duty, draft, file, stop), cancellation);
            if (published is not null)
                shelf.Adopt(published, file);
            return published;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Publishes what is due by the schedule: nothing, one list, or a new full list and its first delta.</summary>
    /// <inheritdoc cref="PublishAsync"/>
    public async Task<IReadOnlyList<PublishedList>> PublishDueAsync(ListDuty duty, CancellationToken cancellation)
    {
        var published = new List<PublishedList>();
        while (published.Count < ListsDueAtOnce && await PublishAsync(duty, ListSchedule.Due, cancellation) is { } list)
            published.Add(list);
        return published;
    }

    private async Task<BuiltList> BuildAsync(ListDuty duty, ListDraft draft, string file, CancellationToken cancellation)
    {
        var thisUpdate = Now(duty);
        var order = new RevocationListOrder(
            duty.Scope,
            duty.Municipality.EnglishPrefecture,
            duty.Municipality.EnglishName,
            draft.Number,
            draft.BaseNumber,
            thisUpdate,
            thisUpdate + ListSchedule.LifeOf(draft.Kind));
        return await builder.BuildAsync(order, draft.Entries, file, cancellation) switch
        {
            RevocationListBuilt built => new(built.File, order.ThisUpdate, order.NextUpdate, Convert.ToHexStringLower(built.Sha256.Span)),
            RevocationListRejected rejected => throw new ListRejectedException(draft, rejected.Findings),
            _ => throw new InvalidOperationException("A list is built or rejected."),
        };
    }

    // Whole seconds, as lists have them. A played clock that begins anew may stand before the authorities it once made.
    private DateTimeOffset Now(ListDuty duty)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(clock.Now.ToUnixTimeSeconds());
        return now < duty.Authority.NotBefore ? duty.Authority.NotBefore : now;
    }
}

/// <summary>事故: a list failed its own check: a bug or a wrong setting. Nothing was published.</summary>
internal sealed class ListRejectedException(ListDraft draft, IReadOnlyList<LintFinding> findings)
    : Exception($"List {draft.Number} failed its check: {string.Join("; ", findings.Select(each => $"{each.Code}: {each.Detail}"))}")
{
    public ListKind Kind => draft.Kind;

    public long Number => draft.Number;

    public IReadOnlyList<string> Codes { get; } = [.. findings.Select(each => each.Code)];
}
