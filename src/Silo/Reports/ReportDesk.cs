namespace Jpki.Silo.Reports;

/// <summary>All reports there are, by name.</summary>
public sealed class ReportDesk(IEnumerable<Report> reports)
{
    public IReadOnlyList<Report> All { get; } = [.. reports.OrderBy(each => each.Name, StringComparer.Ordinal)];

    public Report? Find(string name) => All.FirstOrDefault(each => each.Name == name);
}
