using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Jpki.Ledger.Storage;

/// <summary>What the authorities do apart from residents. Added to and never changed.</summary>
internal sealed class AuthorityJournalTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.authority_journal";

    public AuthorityJournalTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "authority_journal", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("id", "bigint").AsPrimaryKey().BigAutoIncrement();
        AddColumn<DateTimeOffset>("at").NotNull();
        AddColumn("authority_key", "text");
        AddColumn("what", "text").NotNull();
        AddColumn("body", "jsonb").NotNull();
    }
}
