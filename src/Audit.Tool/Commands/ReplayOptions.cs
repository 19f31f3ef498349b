using System.CommandLine;
using Jpki.Audit.Replay;
using Jpki.Audit.Tool.Sources;
using Jpki.Domain.Identifiers;

namespace Jpki.Audit.Tool.Commands;

/// <summary>What a replay is asked for.</summary>
/// <param name="AsOf">The day asked about, of two times.</param>
/// <param name="KnownAt">Only what was recorded by then counts, of two times.</param>
internal sealed record ReplayRequest(ReplayScope Scope, ReplayPoint Point, DateOnly? AsOf, DateTimeOffset? KnownAt, bool WithAttributes);

/// <summary>Options of <c>audit replay</c>.</summary>
internal sealed class ReplayOptions
{
    private readonly Option<string?> _resident = new("--resident") { Description = "A resident's key, e.g. 13207-00000001" };
    private readonly Option<string?> _office = new("--office") { Description = "What was done from an office: 9 digits" };
    private readonly Option<string?> _officer = new("--officer") { Description = "What was done by an account" };
    private readonly Option<bool> _all = new("--all") { Description = "Everybody, in numbers" };
    private readonly Option<long?> _version = new("--version") { Description = "To this version of the resident's stream, inclusive" };
    private readonly Option<string?> _at = new("--at") { Description = "To this instant, inclusive; a day means its end" };
    private readonly Option<string?> _asOf = new("--as-of") { Description = "A resident as it was on this day" };
    private readonly Option<string?> _knownAt = new("--known-at") { Description = "… as we knew it at this instant; default: now" };
    private readonly Option<bool> _attributes = new("--attributes") { Description = "Show the four attributes (personal data)" };

    public ExportOptions Export { get; } = new();

    public void AddTo(Command command)
    {
        foreach (Option each in (Option[])[_resident, _office, _officer, _all, _version, _at, _asOf, _knownAt, _attributes])
            command.Add(each);
        Export.AddTo(command);
    }

    /// <exception cref="UsageException">The options don't fit together.</exception>
    public ReplayRequest Read(ParseResult parsed)
    {
        var (resident, office, officer) = (ResidentOf(parsed), OfficeOf(parsed), parsed.GetValue(_officer));
        var (version, asOf, knownAt) = (parsed.GetValue(_version), Values.Day(parsed.GetValue(_asOf), "--as-of"), Values.Instant(parsed.GetValue(_knownAt), "--known-at"));
        if (resident is null && office is null && officer is null && !parsed.GetValue(_all))
            throw new UsageException("--resident、--office、--officer、--all のいずれかが必要です。", "One of --resident, --office, --officer, --all is needed.");
        if (resident is null && (version is not null || asOf is not null))
            throw new UsageException("--version と --as-of には --resident が必要です。", "--version and --as-of need --resident.");
        if (asOf is null && knownAt is not null)
            throw new UsageException("--known-at には --as-of が必要です。", "--known-at needs --as-of.");
        return new(new(resident, office, officer), new(version, Values.Instant(parsed.GetValue(_at), "--at")), asOf, knownAt, parsed.GetValue(_attributes));
    }

    private ResidentId? ResidentOf(ParseResult parsed) => parsed.GetValue(_resident) is not { } text ? null
        : ResidentId.TryParse(text, null, out var id) ? id
        : throw new UsageException("--resident は 13207-00000001 の形です。", "--resident is of the form 13207-00000001.");

    private OfficeCode? OfficeOf(ParseResult parsed) => parsed.GetValue(_office) is not { } text ? null
        : OfficeCode.TryParse(text, null, out var code) ? code
        : throw new UsageException("--office は9桁です。", "--office is 9 digits.");
}
