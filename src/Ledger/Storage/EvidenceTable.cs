using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Jpki.Ledger.Storage;

/// <summary>
/// Where the octets of evidence lie: apart from the events, so that they can be destroyed at the end of their retention while the hash in the
/// event stays. One copy for each municipality, so that no town's staff can read what only another's holds.
/// </summary>
internal sealed class EvidenceTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.evidence";

    public EvidenceTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "evidence", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn<string>("municipality").AsPrimaryKey();
        AddColumn<string>("sha256").AsPrimaryKey();
        AddColumn<string>("media_type").NotNull();
        AddColumn("content", "bytea").NotNull();
        AddColumn<DateTimeOffset>("stored_at").NotNull();
    }
}
