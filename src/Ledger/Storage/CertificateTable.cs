using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Jpki.Ledger.Storage;

/// <summary>
/// One row for each certificate ever issued. <c>at</c> is when it was last revoked, put on hold or released; none where it has been good all its
/// life. <c>changed_in</c> is the transaction that last changed the row: with a snapshot it tells what the holder of that snapshot has not seen.
/// </summary>
internal sealed class CertificateTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.certificate";

    public CertificateTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "certificate", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("serial", "bytea").AsPrimaryKey();
        AddColumn("authority_key", "text").NotNull();
        AddColumn("municipality", "text").NotNull();
        AddColumn("kind", "text").NotNull();
        AddColumn("resident", "text").NotNull().AddIndex();
        AddColumn<DateTimeOffset>("not_after").NotNull();
        AddColumn("status", "smallint").NotNull();
        AddColumn("reason", "smallint");
        AddColumn<DateTimeOffset>("at");
        AddColumn("changed_in", "xid8").NotNull().DefaultValueByExpression("pg_current_xact_id()").AddIndex();

        // Ends in the serial number, so that the entries of a list come in its order without being sorted.
        Indexes.Add(new IndexDefinition("idx_certificate_listed")
        {
            Columns = ["authority_key", "municipality", "serial"],
            Predicate = $"status <> {CertificateRow.Good}",
        });
    }
}
