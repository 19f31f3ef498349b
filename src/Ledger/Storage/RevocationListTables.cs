using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Jpki.Ledger.Storage;

/// <summary>Every revocation list ever published, without its octets. Rows are added and never changed or deleted.</summary>
internal sealed class RevocationListTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.revocation_list";

    public RevocationListTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "revocation_list", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("authority_key", "text").AsPrimaryKey();
        AddColumn("municipality", "text").AsPrimaryKey();
        AddColumn("number", "bigint").AsPrimaryKey();
        AddColumn("kind", "text").NotNull();
        AddColumn("base_number", "bigint");
        AddColumn<DateTimeOffset>("this_update").NotNull();
        AddColumn<DateTimeOffset>("next_update").NotNull();
        AddColumn("sha256", "text").NotNull();
        AddColumn("length", "bigint").NotNull();
        AddColumn("snapshot", "pg_snapshot").NotNull();
        AddColumn("incarnation", "text").NotNull();
    }
}

/// <summary>The octets of the lists still fetched, in parts, so that neither side ever holds a whole list in memory.</summary>
internal sealed class RevocationListPartTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.revocation_list_part";

    /// <summary>Octets of every part but the last.</summary>
    public const int PartLength = 256 * 1024;

    public RevocationListPartTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "revocation_list_part", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("authority_key", "text").AsPrimaryKey();
        AddColumn("municipality", "text").AsPrimaryKey();
        AddColumn("number", "bigint").AsPrimaryKey();
        AddColumn("part", "integer").AsPrimaryKey();
        AddColumn("content", "bytea").NotNull();
    }
}
