using Jpki.Ledger.Storage;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Jpki.Ledger.Proofs;

/// <summary>A leaf for each event, by municipality. Rows are added and never changed or deleted.</summary>
internal sealed class LeafTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.audit_leaf";

    public LeafTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "audit_leaf", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("municipality", "text").AsPrimaryKey();
        AddColumn("index", "bigint").AsPrimaryKey();
        AddColumn("sequence", "bigint").NotNull();
        AddColumn("hash", "bytea").NotNull();
        Indexes.Add(new IndexDefinition("idx_audit_leaf_sequence") { Columns = ["sequence"], IsUnique = true });
    }
}

/// <summary>Roots of complete subtrees of 256 leaves, 65,536 and so on: a proof reads a few of them instead of all leaves.</summary>
internal sealed class NodeTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.audit_node";

    /// <summary>Levels between those that are stored.</summary>
    public const int LevelStep = 8;

    public NodeTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "audit_node", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("municipality", "text").AsPrimaryKey();
        AddColumn("level", "integer").AsPrimaryKey();
        AddColumn("index", "bigint").AsPrimaryKey();
        AddColumn("hash", "bytea").NotNull();
    }
}

/// <summary>How large each tree is, and its right edge.</summary>
internal sealed class TreeTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.audit_tree";

    public TreeTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "audit_tree", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("municipality", "text").AsPrimaryKey();
        AddColumn("size", "bigint").NotNull();
        AddColumn("roots", "bytea").NotNull();
        AddColumn("sequence", "bigint").NotNull();
    }
}

/// <summary>One row: up to which sequence number every event has its leaf. It is the fence of those who make leaves.</summary>
internal sealed class TailTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.audit_tail";

    public TailTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "audit_tail", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("name", "text").AsPrimaryKey();
        AddColumn("sequence", "bigint").NotNull();
    }
}

/// <summary>A stream's salt: while it is there, bodies can be compared with leaves; when it is gone, nobody can try out what a masked body was.</summary>
internal sealed class SaltTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.audit_salt";

    public SaltTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "audit_salt", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("stream", "text").AsPrimaryKey();
        AddColumn("salt", "bytea").NotNull();
    }
}

/// <summary>Every checkpoint ever signed.</summary>
internal sealed class CheckpointTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.audit_checkpoint";

    public CheckpointTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "audit_checkpoint", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("municipality", "text").AsPrimaryKey();
        AddColumn("size", "bigint").AsPrimaryKey();
        AddColumn<DateTimeOffset>("at").NotNull();
        AddColumn("note", "text").NotNull();
    }
}

/// <summary>What witnesses signed of it.</summary>
internal sealed class CosignatureTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.audit_cosignature";

    public CosignatureTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "audit_cosignature", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("municipality", "text").AsPrimaryKey();
        AddColumn("size", "bigint").AsPrimaryKey();
        AddColumn("witness", "text").AsPrimaryKey();
        AddColumn("line", "text").NotNull();
    }
}

/// <summary>What the leaf of a masked event commits to, kept when its salt is forgotten.</summary>
internal sealed class CommitmentTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.audit_commitment";

    public CommitmentTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "audit_commitment", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("sequence", "bigint").AsPrimaryKey();
        AddColumn("commitment", "bytea").NotNull();
    }
}
