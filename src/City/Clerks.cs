using Jpki.Domain;
using Jpki.Domain.Rules;

namespace Jpki.City;

/// <summary>職員: who acts in the invented city.</summary>
internal sealed class Clerks(Municipality municipality)
{
    public static readonly Actor CallCentre = new("operator-17", Role.CallCentre, null);
    public static readonly Actor BackOffice = new("back-office", Role.System, null);

    public Actor Registry { get; } = new("registry-feed", Role.Registry, municipality.Offices[0].Code);

    /// <summary>Three in four come to the first office.</summary>
    public Actor AtCounter(Dice dice)
    {
        var office = municipality.Offices[dice.Chance(75) ? 0 : dice.Below(municipality.Offices.Count)];
        return new($"clerk-{dice.Between(1, 6)}", Role.Clerk, office.Code);
    }

    /// <summary>An instant while a counter is open, on that day or the next that has any.</summary>
    public static DateTimeOffset Open(Dice dice, DateOnly day)
    {
        var opening = ReceptionHours.Akishima.NextOpening(Jst.StartOf(day));
        var open = ReceptionHours.Akishima.Closes - ReceptionHours.Akishima.Opens;
        return opening.AddSeconds(dice.Below((int)open.TotalSeconds - 600));
    }
}
