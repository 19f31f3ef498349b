using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Jpki.Ledger.Storage;

/// <summary>
/// What each resident's card carried when a counter last read it. Observations and no facts about the resident: the last one replaces the one
/// before, and no event comes of it.
/// </summary>
internal sealed class CardReadingTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.card_reading";

    public CardReadingTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "card_reading", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn<string>("resident").AsPrimaryKey();
        AddColumn("reading", "jsonb").NotNull();
        AddColumn<string>("office").NotNull();
        AddColumn<DateTimeOffset>("read_at").NotNull();
    }
}
