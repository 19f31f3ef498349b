using System.Text.Json;
using System.Text.Json.Serialization;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;

namespace Jpki.Silo.Registry;

/// <summary>What became of a line.</summary>
public enum LineOutcome
{
    /// <summary>受理: done now.</summary>
    Accepted,

    /// <summary>処理済: the change number had been done before; whatever the line says now, what counts is what it said then.</summary>
    DoneBefore,

    /// <summary>却下: nothing happened.</summary>
    Rejected,
}

/// <summary>処理結果: the answer to one line. Contains no personal data. Members without a value are left out.</summary>
/// <param name="Line">The line's number, from 1; blank lines count.</param>
/// <param name="ChangeNumber">None where the line has no legible one.</param>
/// <param name="Code">Why it was rejected, with <paramref name="Rule"/>, both sentences and <paramref name="Fields"/>.</param>
/// <param name="Events">Stored names of the events the change caused, e.g. <c>certificate-revoked.v1</c>; empty when it was rejected.</param>
public sealed record LineReport(
    long Line,
    ChangeNumber? ChangeNumber,
    LineOutcome Outcome,
    string? Code,
    string? Rule,
    string? Japanese,
    string? English,
    IReadOnlyList<string>? Fields,
    IReadOnlyList<string> Events)
{
    public static LineReport Done(long line, ChangeNumber number, bool before, IReadOnlyList<string> events) =>
        new(line, number, before ? LineOutcome.DoneBefore : LineOutcome.Accepted, null, null, null, null, null, events);

    public static LineReport Rejected(long line, ChangeNumber? number, Rejection why) =>
        new(line, number, LineOutcome.Rejected, why.Code, why.Rule, why.Japanese, why.English, why.Fields is [] ? null : why.Fields, []);
}

/// <summary>集計: the numbers of a batch. It comes last; an answer without it is not whole, and the batch is sent again.</summary>
/// <param name="Unknown">How many of the rejected may be recorded nevertheless: they are to be sent again.</param>
public sealed record FeedSummary(long Accepted, long DoneBefore, long Rejected, [property: JsonIgnore] long Unknown)
{
    public static readonly FeedSummary Empty = new(0, 0, 0, 0);

    public FeedSummary With(LineReport report) => report.Outcome switch
    {
        LineOutcome.Accepted => this with { Accepted = Accepted + 1 },
        LineOutcome.DoneBefore => this with { DoneBefore = DoneBefore + 1 },
        _ when report.Code == nameof(Rejection.OutcomeUnknown) => this with { Rejected = Rejected + 1, Unknown = Unknown + 1 },
        _ => this with { Rejected = Rejected + 1 },
    };
}

/// <summary>The last line of an answer.</summary>
public sealed record FeedEnd(FeedSummary Summary);

/// <summary>The answer as NDJSON (UTF-8, LF): the contract's JSON with outcomes as in <c>done-before</c> and members without a value left out.</summary>
public static class FeedJson
{
    public const string MediaType = "application/x-ndjson";

    private static readonly JsonSerializerOptions _options = Create();

    /// <summary>The value as one line, with its end.</summary>
    public static byte[] Line<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, _options), (byte)'\n'];

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(Contract.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        options.Converters.Insert(0, new JsonStringEnumConverter<LineOutcome>(JsonNamingPolicy.KebabCaseLower));
        return options;
    }
}
