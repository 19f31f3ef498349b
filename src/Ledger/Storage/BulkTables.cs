using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Jpki.Ledger.Storage;

/// <summary>Bulk revocations: what was proposed, and what the second officer made of it. No personal data.</summary>
internal sealed class BulkTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.bulk";

    public BulkTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "bulk", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn<Guid>("id").AsPrimaryKey();
        AddColumn<string>("municipality").NotNull();
        AddColumn<DateTimeOffset>("proposed_at").NotNull();
        AddColumn("proposed", "jsonb").NotNull();
        AddColumn("decision", "jsonb");
    }
}

/// <summary>
/// Their lines, a row each: how far the work is stands in the rows themselves, and marking one of ten thousand rewrites one row and not the
/// whole.
/// </summary>
internal sealed class BulkLineTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.bulk_line";

    public BulkLineTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "bulk_line", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn<Guid>("bulk").AsPrimaryKey();
        AddColumn<int>("number").AsPrimaryKey();
        AddColumn<string>("resident");
        AddColumn<string>("serial");
        AddColumn<string>("outcome").NotNull();
        AddColumn("why", "jsonb");
    }
}
