using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Jpki.Ledger.Storage;

/// <summary>
/// One row for each resident with open work, written with the events it follows from and deleted when nothing is left: what waits is found without
/// reading streams, and never disagrees with them. Not a projection: Marten's daemon may skip, double or never reach an event, and a clerk
/// would look for what is not listed.
/// </summary>
/// <remarks>
/// <c>waits_until</c> is the earliest day that people's work is due, <c>next_due_on</c> the earliest on which anything is due, by people or by itself;
/// <c>first_end_on</c> and <c>last_end_on</c> are the last days of the certificates on the card.
/// </remarks>
internal sealed class OpenWorkTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.open_work";

    public OpenWorkTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "open_work", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("resident", "text").AsPrimaryKey();
        AddColumn("municipality", "text").NotNull();
        AddColumn("items", "jsonb").NotNull();
        AddColumn("certificate_ends", "jsonb").NotNull();
        AddColumn("waits_until", "date");
        AddColumn("next_due_on", "date");
        AddColumn("first_end_on", "date");
        AddColumn("last_end_on", "date");

        // Every append that changes a resident's work pays for each of these: only what is looked for has one.
        foreach (var column in new[] { "waits_until", "next_due_on", "first_end_on" })
            Indexes.Add(new IndexDefinition($"idx_open_work_{column}") { Columns = ["municipality", column], Predicate = $"{column} is not null" });
    }
}
