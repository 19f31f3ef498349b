using System.Globalization;
using Jpki.Domain.Rules;
using Jpki.Silo.CallCentre.Scripts;

namespace Jpki.Silo.CallCentre;

/// <summary>対応言語: Japanese and the five languages of the page (S31).</summary>
public static class CallCentreScripts
{
    /// <summary>In the order they are offered.</summary>
    public static IReadOnlyList<CallCentreScript> All { get; } =
        [Japanese.Script, English.Script, Chinese.Script, Korean.Script, Spanish.Script, Portuguese.Script];

    /// <summary>Null for a language there is none for.</summary>
    /// <param name="code">As in <see cref="CallCentreScript.Code"/>; none is Japanese.</param>
    public static CallCentreScript? Find(string? code) =>
        code is null ? Japanese.Script : All.FirstOrDefault(each => each.Code == code);
}

/// <summary>What every language says alike, from the one place that knows it.</summary>
internal static class SpokenFacts
{
    public static string Opens { get; } = Text(ContactHours.Opens);

    public static string ClosesOnWeekdays { get; } = Text(ContactHours.ClosesOnWeekdays);

    public static string ClosesOnWeekendsAndHolidays { get; } = Text(ContactHours.ClosesOnWeekendsAndHolidays);

    public static string TollFree => LossReportNumbers.TollFree.Number;

    public static string Charged => LossReportNumbers.CallCentre.Number;

    public static string IpTelephone => LossReportNumbers.IpTelephone.Number;

    private static string Text(TimeOnly time) => time.ToString("H:mm", CultureInfo.InvariantCulture);
}
