using Jpki.Ledger.Storage;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Jpki.Ledger.Statistics;

/// <summary>
/// The one row that says how far the views have come: the fence of the follower, and what the check compares with the ledger. Rows of cells and
/// residents are those of its generation; rows of another are a rebuild under way, or left over.
/// </summary>
internal sealed class StatisticsViewTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.statistics_view";

    public StatisticsViewTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "statistics_view", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("name", "text").AsPrimaryKey();
        AddColumn("generation", "integer").NotNull();
        AddColumn("sequence", "bigint").NotNull();
        AddColumn("count", "bigint").NotNull();
        AddColumn("hash", "bytea").NotNull();
        AddColumn("digest", "bigint").NotNull();
        AddColumn<DateTimeOffset>("folded_at").NotNull();
        AddColumn("checked_sequence", "bigint").NotNull();
        AddColumn("checked_count", "bigint").NotNull();
        AddColumn("checked_hash", "bytea").NotNull();
        AddColumn<DateTimeOffset>("checked_at");
    }
}

/// <summary>The cells: dimensions as in <see cref="Domain.Statistics.CellKey"/>, empty where there is none, and what they add up to.</summary>
internal sealed class StatisticsCellTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.statistics_cell";

    /// <summary>The dimensions, in the order of pages.</summary>
    public const string Dimensions = "municipality, day, office, figure, kind, procedure, reason, fee, applicant, detail";

    public StatisticsCellTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "statistics_cell", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("generation", "integer").AsPrimaryKey();
        foreach (var dimension in Dimensions.Split(", "))
            AddColumn(dimension, dimension == "day" ? "date" : "text").AsPrimaryKey();
        AddColumn("count", "bigint").NotNull();
        AddColumn("yen", "bigint").NotNull();
    }
}

/// <summary>What the next event of a resident is counted by; and who holds what until when, counted as it is asked for.</summary>
internal sealed class StatisticsResidentTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.statistics_resident";

    public StatisticsResidentTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "statistics_resident", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("generation", "integer").AsPrimaryKey();
        AddColumn("resident", "text").AsPrimaryKey();
        AddColumn("birth_date", "date");
        AddColumn("signature_serial", "text");
        AddColumn("signature_until", "date");
        AddColumn("authentication_serial", "text");
        AddColumn("authentication_until", "date");
        AddColumn("pending", "text");
    }
}

/// <summary>The rebuild under way or the last one, with where it can be taken up again.</summary>
internal sealed class StatisticsRebuildTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.statistics_rebuild";

    public StatisticsRebuildTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "statistics_rebuild", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("name", "text").AsPrimaryKey();
        AddColumn("state", "text").NotNull();
        AddColumn("cause", "text").NotNull();
        AddColumn("generation", "integer").NotNull();
        AddColumn("sequence", "bigint").NotNull();
        AddColumn("count", "bigint").NotNull();
        AddColumn("hash", "bytea").NotNull();
        AddColumn("reached", "bigint").NotNull();
        AddColumn("target", "bigint").NotNull();
        AddColumn<DateTimeOffset>("requested_at").NotNull();
        AddColumn<DateTimeOffset>("ended_at");
        AddColumn("equal", "boolean");
    }
}

/// <summary>What the check found. Rows are added and marked as repaired, and never deleted.</summary>
internal sealed class StatisticsIncidentTable : Table
{
    /// <summary>Name with its schema.</summary>
    public const string FullName = $"{LedgerStore.SchemaName}.statistics_incident";

    public StatisticsIncidentTable()
        : base(new PostgresqlObjectName(LedgerStore.SchemaName, "statistics_incident", SchemaUtils.IdentifierUsage.General))
    {
        AddColumn("id", "uuid").AsPrimaryKey();
        AddColumn("kind", "text").NotNull();
        AddColumn("sequence", "bigint").NotNull();
        AddColumn("findings", "text[]").NotNull();
        AddColumn<DateTimeOffset>("at").NotNull();
        AddColumn<DateTimeOffset>("repaired_at");
    }
}
