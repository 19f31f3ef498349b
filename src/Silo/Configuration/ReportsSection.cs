using System.Globalization;
using Jpki.Silo.Reports;

namespace Jpki.Silo.Configuration;

/// <summary>The scheduled reports; without a folder there are none.</summary>
public sealed class ReportsSection
{
    private static readonly string[] _usualFormats = ["csv", "xlsx"];

    /// <summary>Folder that the files of each day and month are written into, in folders named by them.</summary>
    public string? Folder { get; init; }

    /// <summary>When yesterday's are written, JST, <c>HH:mm</c>; after the nightly jobs, which end what was due.</summary>
    public string At { get; init; } = "04:00";

    /// <summary>json, csv, xlsx; when absent, csv and xlsx.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>ja or en.</summary>
    public string Language { get; init; } = "ja";

    /// <summary>Every reason not to start.</summary>
    public IEnumerable<string> Problems()
    {
        if (!TryAt(out _))
            yield return "Reports:At: a time of the day as HH:mm, such as 04:00.";
        if (Formats.Any(each => ReportFormat.Named(each) is null))
            yield return $"Reports:Formats: only {string.Join(", ", ReportFormat.Names)}.";
        if (Language is not ("ja" or "en"))
            yield return "Reports:Language: ja or en.";
    }

    /// <param name="folder">The folder, absolute.</param>
    internal ReportJobSettings ToSettings(string folder) => new(
        folder, TryAt(out var at) ? at : default, Formats.Count == 0 ? _usualFormats : Formats,
        Language == "en" ? Silo.Reports.Language.English : Silo.Reports.Language.Japanese);

    private bool TryAt(out TimeOnly at) => TimeOnly.TryParseExact(At, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out at);
}
