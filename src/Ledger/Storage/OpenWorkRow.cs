using System.Collections.Immutable;
using System.Text.Json;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Npgsql;
using NpgsqlTypes;

namespace Jpki.Ledger.Storage;

/// <summary>How a resident's open work stands in <see cref="OpenWorkTable"/>.</summary>
internal static class OpenWorkRow
{
    /// <summary>The columns that <see cref="Read"/> reads, in its order.</summary>
    public const string Readable = "resident, items, certificate_ends";

    private const string Columns = "resident, municipality, items, certificate_ends, waits_until, next_due_on, first_end_on, last_end_on";

    private const string Put = $"""
        insert into {OpenWorkTable.FullName} ({Columns}) select * from unnest($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (resident) do update set items = excluded.items, certificate_ends = excluded.certificate_ends, waits_until = excluded.waits_until,
            next_due_on = excluded.next_due_on, first_end_on = excluded.first_end_on, last_end_on = excluded.last_end_on
        """;

    private const string Delete = $"delete from {OpenWorkTable.FullName} where resident = $1";

    /// <summary>What makes the rows stand as they are to stand; no row for a resident with nothing open.</summary>
    /// <param name="works">Of each resident one.</param>
    public static IEnumerable<NpgsqlBatchCommand> Statements(IReadOnlyList<OpenWork> works)
    {
        foreach (var done in works.Where(each => each.IsEmpty))
            yield return Arrays.Statement(Delete, new NpgsqlParameter<string> { TypedValue = done.Resident.Value });
        OpenWork[] open = [.. works.Where(each => !each.IsEmpty)];
        if (open.Length > 0)
            yield return Arrays.Statement(Put, [.. ValuesOf(open)]);
    }

    public static OpenWork Read(NpgsqlDataReader row) => new(
        ResidentId.Parse(row.GetString(0)),
        JsonSerializer.Deserialize<ImmutableList<WorkItem>>(row.GetFieldValue<byte[]>(1), Contract.Options)!,
        JsonSerializer.Deserialize<ImmutableList<CertificateEnd>>(row.GetFieldValue<byte[]>(2), Contract.Options)!);

    private static IEnumerable<NpgsqlParameter> ValuesOf(IReadOnlyList<OpenWork> works) =>
    [
        Arrays.Of(NpgsqlDbType.Text, works.Select(each => each.Resident.Value)),
        Arrays.Of(NpgsqlDbType.Text, works.Select(each => each.Resident.Municipality.Value)),
        Arrays.Of(NpgsqlDbType.Jsonb, works.Select(each => JsonSerializer.SerializeToUtf8Bytes(each.Items, Contract.Options))),
        Arrays.Of(NpgsqlDbType.Jsonb, works.Select(each => JsonSerializer.SerializeToUtf8Bytes(each.CertificateEnds, Contract.Options))),
        Arrays.Of(NpgsqlDbType.Date, works.Select(each => Earliest(each.Items.Where(item => item.IsForPeople).Select(item => item.DueOn)))),
        Arrays.Of(NpgsqlDbType.Date, works.Select(each => Earliest(each.Items.Select(item => item.DueOn)))),
        Arrays.Of(NpgsqlDbType.Date, works.Select(each => Earliest(each.CertificateEnds.Select(end => end.LastDay)))),
        Arrays.Of(NpgsqlDbType.Date, works.Select(each => Latest(each.CertificateEnds.Select(end => end.LastDay)))),
    ];

    private static DateOnly? Earliest(IEnumerable<DateOnly> days) => days.Select(day => (DateOnly?)day).Min();

    private static DateOnly? Latest(IEnumerable<DateOnly> days) => days.Select(day => (DateOnly?)day).Max();
}
