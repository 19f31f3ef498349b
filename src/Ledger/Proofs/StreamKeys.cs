using Jpki.Domain.Identifiers;
using Jpki.Ledger.Storage;

namespace Jpki.Ledger.Proofs;

/// <summary>Whose tree a stream belongs to.</summary>
internal static class StreamKeys
{
    /// <summary>The municipality of a resident's stream or of a journal's.</summary>
    /// <returns>None when the key is of neither form.</returns>
    public static MunicipalityCode? MunicipalityOf(string stream)
    {
        var code = stream.StartsWith(JournalStream.Prefix, StringComparison.Ordinal)
            ? stream[JournalStream.Prefix.Length..].Split('/')[0]
            : stream.Split('-')[0];
        return MunicipalityCode.TryParse(code, null, out var municipality) ? municipality : null;
    }

    /// <summary>SQL with the same outcome; none of its text is a parameter.</summary>
    /// <param name="municipality">The placeholder of the code.</param>
    public static string BelongsSql(string municipality) =>
        $"(starts_with(stream_id, {municipality} || '-') or starts_with(stream_id, '{JournalStream.Prefix}' || {municipality} || '/'))";
}
