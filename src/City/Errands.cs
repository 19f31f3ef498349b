using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.City;

/// <summary>用件: what a life brings, with its day.</summary>
internal abstract record Errand(DateOnly Day)
{
    public sealed record BeRegistered(DateOnly Day, DateOnly BirthDate) : Errand(Day);

    public sealed record GetCard(DateOnly Day) : Errand(Day);

    /// <param name="Renamed">Another name instead of another address.</param>
    public sealed record Move(DateOnly Day, bool Renamed) : Errand(Day);

    public sealed record ComeAfterMove(DateOnly Day) : Errand(Day);

    public sealed record Renew(DateOnly Day) : Errand(Day);

    public sealed record Lose(DateTimeOffset At) : Errand(Jst.DayOf(At));

    public sealed record Find(DateOnly Day) : Errand(Day);

    public sealed record GiveUpCard(DateOnly Day) : Errand(Day);

    public sealed record ForgetPin(DateOnly Day) : Errand(Day);

    public sealed record Leave(DateOnly Day, RemovalCause Cause) : Errand(Day);
}

/// <summary>
/// 暮らし: how often what happens. Round figures of a Japanese town: seven in ten hold a card in the end, one in twenty moves in a year, one card
/// in seventy is lost in a year and found four times out of five.
/// </summary>
internal static class Errands
{
    private const int CardHoldersPercent = 78;
    private const int MovesPerThousandAndYear = 52;
    private const int LossesPerThousandAndYear = 14;
    private const int ForgottenPinsPerThousandAndYear = 30;
    private const int DeparturesPerThousandAndYear = 25;
    private const int BirthsPercent = 5;
    private const int OldestAge = 97;

    /// <summary>The whole life within the plan's days, in the order of its days.</summary>
    public static IEnumerable<Errand> Of(CityPlan plan, Dice dice)
    {
        var days = plan.Until.DayNumber - plan.From.DayNumber;
        var born = dice.Chance(BirthsPercent);
        var birthDate = born ? plan.From.AddDays(dice.Below(days)) : plan.From.AddDays(-1 - dice.Below(OldestAge * 365));
        var registered = born ? birthDate.AddDays(dice.Between(1, 14)) : plan.From;
        var end = Departure(plan, dice, registered, birthDate);
        IEnumerable<Errand> all =
        [
            new Errand.BeRegistered(registered, birthDate),
            .. Moves(plan, dice, registered),
            .. dice.Chance(CardHoldersPercent) ? WithCard(plan, dice, registered) : [],
            .. end is null ? [] : new[] { end },
        ];
        var last = end?.Day ?? plan.Until;
        return all.Where(each => each.Day >= registered && each.Day <= last).OrderBy(each => each.Day);
    }

    private static IEnumerable<Errand> Moves(CityPlan plan, Dice dice, DateOnly from)
    {
        foreach (var day in Happening(plan, dice, from, MovesPerThousandAndYear))
        {
            yield return new Errand.Move(day, dice.OneIn(12));
            if (dice.Chance(65))
                yield return new Errand.ComeAfterMove(day.AddDays(dice.Between(0, 40)));
        }
    }

    private static IEnumerable<Errand> WithCard(CityPlan plan, Dice dice, DateOnly from)
    {
        // Who comes after the last day does nothing here any more.
        if (from > plan.Until)
            yield break;

        // Few at first, most in the years of the campaigns, as cards really spread.
        var days = plan.Until.DayNumber - from.DayNumber;
        var card = from.AddDays(Math.Max(dice.Below(days + 1), dice.Below(days + 1)));
        yield return new Errand.GetCard(card);
        // The fifth birthday after the issue lies four to five years ahead; who has the notice comes within three months.
        for (var renewal = card.AddDays((4 * 365) + dice.Below(330)); renewal <= plan.Until; renewal = renewal.AddDays((4 * 365) + dice.Below(360)))
            yield return new Errand.Renew(renewal);
        foreach (var day in Happening(plan, dice, card, ForgottenPinsPerThousandAndYear))
            yield return new Errand.ForgetPin(day);
        foreach (var day in Happening(plan, dice, card, LossesPerThousandAndYear))
        {
            yield return new Errand.Lose(Jst.At(day, TimeOnly.MinValue).AddSeconds(dice.Below(86_400)));
            if (dice.Chance(80))
            {
                yield return new Errand.Find(day.AddDays(dice.Between(1, 20)));
                continue;
            }

            yield return new Errand.GiveUpCard(day.AddDays(dice.Between(2, 20)));
            yield return new Errand.GetCard(day.AddDays(dice.Between(35, 70)));
        }
    }

    private static Errand.Leave? Departure(CityPlan plan, Dice dice, DateOnly from, DateOnly birthDate)
    {
        for (var year = from; year <= plan.Until; year = year.AddYears(1))
        {
            // Gompertz in round figures: 1 in a thousand at fifty, doubling every eight years.
            var deaths = Math.Pow(2, (Age.On(birthDate, year) - 50) / 8.0);
            var day = year.AddDays(1 + dice.Below(365));
            if (dice.Below(1_000_000) < deaths * 1000)
                return day <= plan.Until ? new Errand.Leave(day, RemovalCause.Death) : null;
            if (dice.Below(1000) < DeparturesPerThousandAndYear)
                return day <= plan.Until ? new Errand.Leave(day, RemovalCause.MovedOut) : null;
        }

        return null;
    }

    private static IEnumerable<DateOnly> Happening(CityPlan plan, Dice dice, DateOnly from, int perThousandAndYear)
    {
        for (var year = from; year <= plan.Until; year = year.AddYears(1))
        {
            var day = year.AddDays(dice.Below(365));
            if (dice.Below(1000) < perThousandAndYear && day <= plan.Until)
                yield return day;
        }
    }
}
