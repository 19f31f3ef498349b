namespace Jpki.Ledger.Storage;

/// <summary>
/// A moment of the register: a PostgreSQL snapshot, which says exactly which transactions had been committed, and the incarnation of the
/// database it was taken in, without which its numbers mean nothing (docs/decisions/0017-revocation-lists-and-snapshots.md).
/// </summary>
internal readonly record struct Moment(string Incarnation, string Snapshot)
{
    public const char Separator = '/';

    /// <summary>
    /// SQL for the incarnation: cluster, timeline (another one after every recovery and failover), database, and table (another one after every
    /// restored dump).
    /// </summary>
    public const string IncarnationSql = $"""
        (select concat_ws('.', system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8), pg_database.oid, '{CertificateTable.FullName}'::regclass::oid)
        from pg_control_system(), pg_database where datname = current_database())
        """;

    /// <summary>SQL for the snapshot of the statement or, in a repeatable read, of the transaction.</summary>
    public const string SnapshotSql = "pg_current_snapshot()::text";

    /// <summary>
    /// SQL: the row was changed by a transaction that the snapshot in a parameter did not see. Both bounds are for the index. The upper one
    /// also leaves out transactions yet to come, which only rows restored from another cluster can name: they are older than any snapshot of this one.
    /// </summary>
    /// <param name="parameter">E.g. <c>$1</c>.</param>
    public static string ChangedSince(string parameter) =>
        $"""
        changed_in >= pg_snapshot_xmin({parameter}::pg_snapshot) and changed_in < pg_snapshot_xmax(pg_current_snapshot())
        and not pg_visible_in_snapshot(changed_in, {parameter}::pg_snapshot)
        """;

    public static Moment Parse(string text) =>
        text.Split(Separator) is [var incarnation, var snapshot] ? new(incarnation, snapshot) : throw new FormatException("A position is incarnation and snapshot.");

    public override string ToString() => $"{Incarnation}{Separator}{Snapshot}";
}
