using System.Text.Json;

namespace Jpki.Pki.Keys;

/// <summary>What a generation's folder says besides keys and certificates, in small JSON files.</summary>
internal static class GenerationNotes
{
    /// <summary>In the generation's folder, when it begins to issue later than its certificates begin to be valid.</summary>
    public const string BeginName = "generation.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Begin(DateTimeOffset issuesFrom) => JsonSerializer.Serialize(new BeginNote(issuesFrom), Json) + "\n";

    /// <summary>Null: from the certificate's first instant.</summary>
    /// <exception cref="InvalidDataException">The note is there and can't be read.</exception>
    public static DateTimeOffset? IssuesFrom(string folder)
    {
        var path = Path.Combine(folder, BeginName);
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<BeginNote>(File.ReadAllText(path), Json)?.IssuesFrom ?? throw new InvalidDataException($"{path} is empty.");
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"{path} does not say from when the generation issues.", malformed);
        }
    }

    public static string Retirement(DateTimeOffset at, DateOnly? lastCertificateExpiredOn) =>
        JsonSerializer.Serialize(new RetirementNote(at, lastCertificateExpiredOn), Json) + "\n";

    private sealed record BeginNote(DateTimeOffset? IssuesFrom);

    /// <param name="LastCertificateExpiredOn">As the officers confirmed; absent when the authority's own certificate had ended.</param>
    private sealed record RetirementNote(DateTimeOffset RetiredAt, DateOnly? LastCertificateExpiredOn);
}
