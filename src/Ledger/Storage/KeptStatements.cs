using Jpki.Domain.Residents;
using Npgsql;

namespace Jpki.Ledger.Storage;

/// <summary>What is kept beside events, as statements for the transaction that stores the events.</summary>
internal static class KeptStatements
{
    /// <param name="kept">Of each resident one.</param>
    /// <returns>None where nothing changes.</returns>
    public static IEnumerable<NpgsqlBatchCommand> For(IReadOnlyList<KeptRows> kept) =>
    [
        .. OpenWorkRow.Statements([.. kept.Select(each => each.Work).OfType<OpenWork>()]),
        .. CertificateRow.Statements([.. kept.SelectMany(each => each.Certificates)]),
    ];

    public static void Add(this NpgsqlBatch batch, IEnumerable<NpgsqlBatchCommand> statements)
    {
        foreach (var statement in statements)
            batch.BatchCommands.Add(statement);
    }
}
