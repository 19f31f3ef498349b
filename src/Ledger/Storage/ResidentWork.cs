using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Marten;
using Weasel.Postgresql.Tables;

namespace Jpki.Ledger.Storage;

/// <summary>
/// A resident's open work as a row, written with the events it follows from and deleted when nothing is left: what waits is found without
/// reading streams, and never disagrees with them. Not a projection: Marten's daemon may skip, double or never reach an event, and a clerk
/// would look for what is not listed.
/// </summary>
/// <param name="Id">The resident.</param>
/// <param name="WaitsUntil">The earliest day that people's work is due; none when nobody is waited for.</param>
/// <param name="NextDueOn">The earliest day on which anything is due, by people or by itself.</param>
/// <param name="FirstEndOn">The earliest last day of a certificate on the card.</param>
/// <param name="LastEndOn">The latest.</param>
internal sealed record ResidentWork(
    string Id,
    string Municipality,
    IReadOnlyList<WorkItem> Items,
    IReadOnlyList<CertificateEnd> CertificateEnds,
    DateOnly? WaitsUntil,
    DateOnly? NextDueOn,
    DateOnly? FirstEndOn,
    DateOnly? LastEndOn)
{
    public static void Map(StoreOptions store) => store.Schema.For<ResidentWork>()
        .Identity(each => each.Id)
        .DocumentAlias("resident_work")
        .Duplicate(each => each.Municipality, notNull: true)
        .Duplicate(each => each.WaitsUntil!)
        .Duplicate(each => each.NextDueOn!)
        .Duplicate(each => each.FirstEndOn!)
        .Duplicate(each => each.LastEndOn!)
        .Index(each => new { each.Municipality, each.WaitsUntil }, index => Partial(index, "waits_until"))
        .Index(each => new { each.Municipality, each.NextDueOn }, index => Partial(index, "next_due_on"))
        .Index(each => new { each.Municipality, each.FirstEndOn }, index => Partial(index, "first_end_on"));

    /// <summary>The row as it is to stand after the session's changes; none for a resident with nothing open.</summary>
    public static void Enlist(IDocumentSession session, OpenWork work)
    {
        if (work.IsEmpty)
            session.Delete<ResidentWork>(work.Resident.Value);
        else
            session.Store(Of(work));
    }

    public static ResidentWork Of(OpenWork work) => new(
        work.Resident.Value,
        work.Resident.Municipality.Value,
        work.Items,
        work.CertificateEnds,
        Earliest(work.Items.Where(each => each.IsForPeople).Select(each => each.DueOn)),
        Earliest(work.Items.Select(each => each.DueOn)),
        Earliest(work.CertificateEnds.Select(each => each.LastDay)),
        Earliest(work.CertificateEnds.Select(each => each.LastDay), latest: true));

    public OpenWork ToWork() => new(ResidentId.Parse(Id), [.. Items], [.. CertificateEnds]);

    private static DateOnly? Earliest(IEnumerable<DateOnly> days, bool latest = false) =>
        (latest ? days.OrderDescending() : days.Order()).Select(day => (DateOnly?)day).FirstOrDefault();

    private static void Partial(IndexDefinition index, string column)
    {
        index.Name = $"mt_doc_resident_work_{column}_open";
        index.Predicate = $"{column} is not null";
    }
}

/// <summary>The last night whose jobs were done for a municipality, by its code.</summary>
internal sealed record CompletedNight(string Id, DateOnly Day)
{
    public static void Map(StoreOptions store) => store.Schema.For<CompletedNight>().Identity(each => each.Id).DocumentAlias("completed_night");
}
