namespace Jpki.Ledger;

/// <summary>台帳の設定: where the ledger is kept and who may change its tables.</summary>
public sealed class LedgerOptions
{
    /// <summary>An Npgsql connection string; none starts a private PostgreSQL in <see cref="LocalFolder"/>.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Folder of the private server, used only without a connection string.</summary>
    public string LocalFolder { get; set; } = Path.Combine("var", "ledger");

    /// <summary>What to do about the tables at start.</summary>
    public SchemaHandling Schema { get; set; } = SchemaHandling.CreateOrUpdate;

    /// <summary>
    /// Connections this process may hold, 1 or more, unless the connection string says it. PostgreSQL allows 100 to all comers, so every
    /// silo and job of a municipality together must stay below that.
    /// </summary>
    public int MaxPoolSize { get; set; } = 20;

    /// <summary>Whether appends share transactions.</summary>
    public CommitHandling Commits { get; set; } = CommitHandling.Grouped;

    /// <summary>Used when <see cref="Commits"/> are grouped.</summary>
    public GroupCommitOptions GroupCommit { get; } = new();
}

/// <summary>How appends become transactions. Both ways store the same rows.</summary>
public enum CommitHandling
{
    /// <summary>Appends of different residents that arrive together share one.</summary>
    Grouped,

    /// <summary>Each append has its own: to measure beside, and to tell a fault of the grouping from another.</summary>
    Singly,
}

/// <summary>What the ledger does about its tables when it is prepared.</summary>
public enum SchemaHandling
{
    /// <summary>Creates what is missing and changes what differs: development, and a migration job.</summary>
    CreateOrUpdate,

    /// <summary>Changes nothing and refuses to start on a difference: production, where the account may not alter tables.</summary>
    AssertOnly,
}
