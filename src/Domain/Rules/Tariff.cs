using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Rules;

/// <summary>A fee in force from a day on, until the next row's day.</summary>
/// <param name="From">First day of application it holds for, inclusive.</param>
/// <param name="Yen">Yen an application, more than 0.</param>
/// <param name="Name">Recorded with the fee charged; no two rows share one.</param>
/// <param name="Municipality">The municipality whose own fee this is; null for the fee of all that have none.</param>
public sealed record TariffRow(DateOnly From, int Yen, string Name, MunicipalityCode? Municipality = null);

/// <summary>手数料: the fee for issuing certificates, by day of application (S17). Whether it is waived is decided elsewhere.</summary>
public static class Tariff
{
    /// <summary>Every fee there has been. A new fee is a new row; no row ever changes, for events name it.</summary>
    public static IReadOnlyList<TariffRow> Rows { get; } =
    [
        new(new DateOnly(2016, 1, 1), 200, "issuance-200"),
    ];

    /// <summary>The row in force. A municipality's own fee, once in force, outranks any for all.</summary>
    /// <param name="day">申請日, JST.</param>
    /// <param name="municipality">Where the application is made.</param>
    /// <exception cref="ArgumentOutOfRangeException">The day lies before the first row, when no certificate could be issued to the card.</exception>
    public static TariffRow On(DateOnly day, MunicipalityCode municipality) => On(Rows, day, municipality);

    /// <summary>The same over other rows, in any order.</summary>
    internal static TariffRow On(IEnumerable<TariffRow> rows, DateOnly day, MunicipalityCode municipality) =>
        rows.Where(row => row.From <= day && (row.Municipality is null || row.Municipality == municipality))
            .OrderBy(row => row.Municipality is not null)
            .ThenBy(row => row.From)
            .LastOrDefault()
        ?? throw new ArgumentOutOfRangeException(nameof(day), day, "The tariff begins later.");
}
