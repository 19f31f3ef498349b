using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Npgsql;

namespace Jpki.Benchmarks.Revocation;

/// <summary>The register of issued certificates with as many revoked ones as a measure wants, put there without their events.</summary>
internal sealed class FilledRegister : IAsyncDisposable
{
    // In the order a list reads them.
    private const string Entries =
        "select serial, status, reason, at from ledger.certificate where authority_key = $1 and municipality = $2 and status <> 0 order by serial";

    private readonly NpgsqlDataSource _source;
    private readonly string _keyId;

    private FilledRegister(NpgsqlDataSource source, string keyId) => (_source, _keyId) = (source, keyId);

    /// <exception cref="NotAvailableException">This ledger keeps no register.</exception>
    public static async Task<FilledRegister> OpenAsync(Stage stage, X509Certificate2 issuer, CancellationToken cancellation)
    {
        var source = new NpgsqlDataSourceBuilder(await stage.DatabaseAsync("town", cancellation)) { ConnectionStringBuilder = { CommandTimeout = 600 } }.Build();
        await using var exists = source.CreateCommand("select to_regclass('ledger.certificate') is not null");
        if (await exists.ExecuteScalarAsync(cancellation) is not true)
            throw new NotAvailableException("This ledger keeps no register of certificates.");
        return new(source, issuer.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single().SubjectKeyIdentifier!.ToLowerInvariant());
    }

    /// <summary>Adds revoked certificates until there are as many on the list.</summary>
    public async Task FillAsync(int count, CancellationToken cancellation)
    {
        await using var fill = _source.CreateCommand(
            """
            insert into ledger.certificate (serial, authority_key, municipality, kind, resident, not_after, status, reason, at)
            select '\x40'::bytea || decode(md5('bench ' || n), 'hex'), $1, $2, 'user-authentication', $2 || '-9' || lpad(n::text, 7, '0'),
                   timestamptz '2031-01-08 14:59:59Z', 2, 4, timestamptz '2026-05-01 00:00Z' + n * interval '1 second'
            from generate_series((select count(*) from ledger.certificate where authority_key = $1 and status <> 0) + 1, $3::bigint) n
            on conflict do nothing;
            """);
        fill.Parameters.Add(new() { Value = _keyId });
        fill.Parameters.Add(new() { Value = BenchSilo.CityHall[..5] });
        fill.Parameters.Add(new() { Value = (long)count });
        await fill.ExecuteNonQueryAsync(cancellation);
        await using var analyze = _source.CreateCommand("vacuum analyze ledger.certificate");
        await analyze.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Reads all entries, and leaves them.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ReadAsync(CancellationToken cancellation)
    {
        await using var command = _source.CreateCommand(Entries);
        command.Parameters.Add(new() { Value = _keyId });
        command.Parameters.Add(new() { Value = BenchSilo.CityHall[..5] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var count = 0;
        for (; await reader.ReadAsync(cancellation); count++)
            _ = (reader.GetFieldValue<byte[]>(0), reader.GetInt16(1), reader.IsDBNull(2) ? (short)0 : reader.GetInt16(2), reader.GetFieldValue<DateTimeOffset>(3));
        return count;
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    public static string Shorten(int count) => count >= 1000
        ? string.Create(CultureInfo.InvariantCulture, $"{count / 1000}k") : count.ToString(CultureInfo.InvariantCulture);
}
