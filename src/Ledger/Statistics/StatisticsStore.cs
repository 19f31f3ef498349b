using System.Runtime.CompilerServices;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Statistics;
using Jpki.Ledger.Storage;
using Npgsql;

namespace Jpki.Ledger.Statistics;

/// <summary>Rows of the views, in and out.</summary>
internal static class StatisticsStore
{
    /// <summary>The key of the view's row, and of its rebuild's.</summary>
    public const string Name = "statistics";

    private const string CellColumns = StatisticsCellTable.Dimensions + ", count, yen";

    private static readonly Dictionary<string, Figure> _figures = Enum.GetValues<Figure>().ToDictionary(ContractName.Of);

    /// <summary>Makes the view's row where there is none: nothing is folded then.</summary>
    public static Task<int> PrepareAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken cancellation) => source.Statement(
        $"""
        insert into {StatisticsViewTable.FullName} ({ViewMark.Columns}, name) values (1, 0, 0, $1, 0, $2, 0, 0, $1, null, $3) on conflict do nothing
        """,
        RunningHash.Zero.Value, now.ToUniversalTime(), Name).RunAsync(cancellation);

    /// <summary>How far the views are; nowhere before anybody has followed.</summary>
    /// <exception cref="LedgerUnavailableException">The database did not answer.</exception>
    public static async Task<ViewMark> MarkAsync(NpgsqlConnection connection, CancellationToken cancellation, bool locked = false) => await Wire.RowsAsync(
        () => connection.Statement($"select {ViewMark.Columns} from {StatisticsViewTable.FullName} where name = $1 {(locked ? "for update" : "")}", Name),
        ViewMark.Read,
        cancellation).SingleOrDefaultAsync(cancellation) ?? ViewMark.Nothing;

    public static async Task<Dictionary<string, ResidentFacts>> FactsAsync(
        NpgsqlConnection connection, int generation, IReadOnlyCollection<string> residents, CancellationToken cancellation) => await Wire.RowsAsync(
            () => connection.Statement(
                $"select {ResidentRow.Columns} from {StatisticsResidentTable.FullName} where generation = $1 and resident = any($2)", generation, residents.ToArray()),
            ResidentRow.Read,
            cancellation).ToDictionaryAsync(each => each.Resident, each => each.ToFacts(), cancellationToken: cancellation);

    public static IAsyncEnumerable<ResidentRow> ResidentsAsync(NpgsqlConnection connection, int generation, CancellationToken cancellation) => Wire.RowsAsync(
        () => connection.Statement($"select {ResidentRow.Columns} from {StatisticsResidentTable.FullName} where generation = $1", generation).Patient(),
        ResidentRow.Read,
        cancellation);

    public static async IAsyncEnumerable<(CellKey Key, CellSum Sum)> CellsAsync(
        NpgsqlConnection connection, int generation, [EnumeratorCancellation] CancellationToken cancellation)
    {
        NpgsqlCommand Query() => connection.Statement($"select {CellColumns} from {StatisticsCellTable.FullName} where generation = $1", generation).Patient();
        await foreach (var cell in Wire.RowsAsync(Query, ReadCell, cancellation))
            yield return cell;
    }

    /// <exception cref="LedgerDamagedException">A dimension says what no fold wrote there.</exception>
    public static (CellKey Key, CellSum Sum) ReadCell(NpgsqlDataReader row) =>
        MunicipalityCode.TryParse(row.GetString(0), null, out var municipality) && _figures.TryGetValue(row.GetString(3), out var figure)
            ? (new(municipality, row.GetFieldValue<DateOnly>(1), row.GetString(2), figure)
            {
                Kind = row.GetString(4),
                Procedure = row.GetString(5),
                Reason = row.GetString(6),
                Fee = row.GetString(7),
                Applicant = row.GetString(8),
                Detail = row.GetString(9),
            }, new(row.GetInt64(10), row.GetInt64(11)))
            : throw new LedgerDamagedException("A cell of the statistics was not written by the fold.");

    /// <summary>Adds cells to those that are there.</summary>
    public static async Task AddCellsAsync(NpgsqlConnection connection, int generation, CellSums cells, CancellationToken cancellation)
    {
        if (cells.All.Count == 0)
            return;

        var keys = cells.All.Keys.ToArray();
        string[] Column(Func<CellKey, string> of) => [.. keys.Select(of)];
        await connection.Statement(
            $"""
            insert into {StatisticsCellTable.FullName} as kept (generation, {CellColumns})
            select $1, * from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            on conflict (generation, {StatisticsCellTable.Dimensions}) do update set count = kept.count + excluded.count, yen = kept.yen + excluded.yen
            """,
            generation, Column(each => each.Municipality.Value), keys.Select(each => each.Day).ToArray(), Column(each => each.Office),
            Column(each => ContractName.Of(each.Figure)), Column(each => each.Kind), Column(each => each.Procedure), Column(each => each.Reason),
            Column(each => each.Fee), Column(each => each.Applicant), Column(each => each.Detail),
            keys.Select(each => cells.All[each].Count).ToArray(), keys.Select(each => cells.All[each].Yen).ToArray()).RunAsync(cancellation);
    }

    /// <summary>Puts residents' rows in place of those that are there.</summary>
    public static async Task PutResidentsAsync(
        NpgsqlConnection connection, int generation, IReadOnlyCollection<ResidentRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return;

        await connection.Statement(
            $"""
            insert into {StatisticsResidentTable.FullName} (generation, {ResidentRow.Columns}) select $1, * from unnest($2, $3, $4, $5, $6, $7, $8)
            on conflict (generation, resident) do update set (birth_date, signature_serial, signature_until, authentication_serial, authentication_until, pending)
                = (excluded.birth_date, excluded.signature_serial, excluded.signature_until, excluded.authentication_serial, excluded.authentication_until, excluded.pending)
            """,
            generation, rows.Select(each => each.Resident).ToArray(), rows.Select(each => each.BirthDate).ToArray(),
            rows.Select(each => each.SignatureSerial).ToArray(), rows.Select(each => each.SignatureUntil).ToArray(),
            rows.Select(each => each.AuthenticationSerial).ToArray(), rows.Select(each => each.AuthenticationUntil).ToArray(),
            rows.Select(each => each.Pending).ToArray()).RunAsync(cancellation);
    }

    /// <summary>Takes out a generation's rows: all, or those of some residents and every cell.</summary>
    public static async Task ClearAsync(NpgsqlConnection connection, int generation, IReadOnlyCollection<string>? residents, CancellationToken cancellation)
    {
        await connection.Statement($"delete from {StatisticsCellTable.FullName} where generation = $1", generation).Patient().RunAsync(cancellation);
        await (residents is null
            ? connection.Statement($"delete from {StatisticsResidentTable.FullName} where generation = $1", generation)
            : connection.Statement(
                $"""
                delete from {StatisticsResidentTable.FullName} where generation = $1 and resident = any($2)
                    and exists (select from {StatisticsResidentTable.FullName} where generation = $1)
                """,
                generation, residents.ToArray()))
            .Patient().RunAsync(cancellation);
    }

    /// <summary>Brings rows in that are not there.</summary>
    public static async Task CopyAsync(
        NpgsqlConnection connection, int generation, CellSums cells, IEnumerable<ResidentRow> rows, CancellationToken cancellation)
    {
        await Wire.ReadingAsync(async () =>
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                $"copy {StatisticsCellTable.FullName} (generation, {CellColumns}) from stdin (format binary)", cancellation);
            foreach (var (key, sum) in cells.All)
            {
                await copy.WriteRowAsync(
                    cancellation, generation, key.Municipality.Value, key.Day, key.Office, ContractName.Of(key.Figure), key.Kind, key.Procedure, key.Reason,
                    key.Fee, key.Applicant, key.Detail, sum.Count, sum.Yen);
            }

            return await copy.CompleteAsync(cancellation);
        });
        await Wire.ReadingAsync(async () =>
        {
            await using var copy = await connection.BeginBinaryImportAsync(
                $"copy {StatisticsResidentTable.FullName} (generation, {ResidentRow.Columns}) from stdin (format binary)", cancellation);
            foreach (var row in rows)
            {
                await copy.WriteRowAsync(
                    cancellation, generation, row.Resident, row.BirthDate, row.SignatureSerial, row.SignatureUntil, row.AuthenticationSerial,
                    row.AuthenticationUntil, row.Pending);
            }

            return await copy.CompleteAsync(cancellation);
        });
    }
}
