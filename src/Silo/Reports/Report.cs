using Jpki.Domain.Identifiers;

namespace Jpki.Silo.Reports;

/// <summary>帳票: a table that is asked for by name.</summary>
public abstract class Report
{
    /// <summary>In addresses and file names: kebab case.</summary>
    public abstract string Name { get; }

    public abstract string Japanese { get; }

    public abstract string English { get; }

    public abstract IReadOnlyList<Column> Columns { get; }

    /// <summary>What is meant where the days are left out.</summary>
    public virtual (DateOnly From, DateOnly To) UsualDays(DateOnly today) => (new(today.Year, today.Month, 1), today);

    /// <summary>The rows in their order, a value a column; read as they are written.</summary>
    public abstract IAsyncEnumerable<object?[]> RowsAsync(ReportScope scope, CancellationToken cancellation);
}

/// <param name="Name">Of the member in JSON.</param>
/// <param name="Terms">What its codes are called, where they are codes; JSON has the codes, tables for people the words.</param>
public sealed record Column(string Name, string Japanese, string English, Func<string, Language, string>? Terms = null);

/// <summary>What a report is about.</summary>
/// <param name="Municipality">None for all.</param>
/// <param name="Office">None for all; lists of residents know no offices and give those of its municipality.</param>
/// <param name="From">Inclusive.</param>
/// <param name="To">Inclusive.</param>
public sealed record ReportScope(MunicipalityCode? Municipality, OfficeCode? Office, DateOnly From, DateOnly To);

/// <summary>表示言語: what headings and words of a table are in.</summary>
public enum Language
{
    Japanese,
    English,
}
