using Jpki.Audit.Tests.Support;
using Jpki.Audit.WhatIf;
using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Audit.Tests.Replay;

/// <summary>The same history under another rule set (B5): under its own nothing differs, under the other what the rules say.</summary>
public sealed class WhatIfTests
{
    private static readonly IReadOnlyList<Recorded> _events = [.. InventedTown.Events(200)];

    [Fact]
    [Trait("Rule", "B5")]
    public void Under_its_own_rules_everything_is_as_it_was_and_everything_could_be_told()
    {
        var months = Months(RuleSet.Akishima2018);

        Assert.All(months, month => Assert.True(month.IsAsItWas, month.ToString()));
        Assert.All(months, month => Assert.Equal(0, month.NotReconstructed));
        Assert.Equal(_events.Count(each => each.Event is CardHandedOver or CertificatesApplied), months.Sum(each => each.Applications) + BothAtOnce());
        Assert.Equal(_events.Select(each => each.Event).OfType<FeeCharged>().Sum(each => each.Yen), months.Sum(each => each.Yen));
    }

    [Fact]
    public void Under_the_national_rules_renewals_are_free_come_later_and_suspensions_revoke()
    {
        var months = Months(RuleSet.National2026);

        Assert.InRange(months.Sum(each => each.YenDifference), long.MinValue, -200);
        Assert.Equal(
            _events.Count(each => each.Event is CertificateSuspended { Kind: CertificateKind.Signature }), months.Sum(each => each.RevokedBySuspension));
        Assert.Equal(0, months.Sum(each => each.HeldBySuspension));
        Assert.InRange(months.Sum(each => each.LongerDays + each.ShorterDays), 1, long.MaxValue);
        Assert.Equal(["RenewalNotOpenYet"], months.SelectMany(each => each.Refused.Keys).Distinct());
    }

    [Fact]
    public void Only_the_days_asked_for_are_judged_and_refusals_of_then_are_counted_beside_them()
    {
        var replay = new WhatIfReplay(RuleSet.Akishima2018, new(2020, 1, 1), new(2020, 2, 29));
        foreach (var recorded in _events)
            replay.Add(recorded);
        replay.AddRefusal(Jst.At(new(2020, 2, 29), new TimeOnly(23, 59)));
        replay.AddRefusal(Jst.At(new(2020, 3, 1), new TimeOnly(0, 0)));

        var months = replay.Months();

        Assert.Equal([new DateOnly(2020, 1, 1), new DateOnly(2020, 2, 1)], months.Select(each => each.Month));
        Assert.Equal(1, months[1].RefusedThen);
    }

    private static long BothAtOnce() => _events.GroupBy(each => each.Provenance.CommandId)
        .LongCount(command => command.Any(each => each.Event is CardHandedOver) && command.Any(each => each.Event is CertificatesApplied));

    private static IReadOnlyList<WhatIfMonth> Months(RuleSet rules)
    {
        var replay = new WhatIfReplay(rules, DateOnly.MinValue, DateOnly.MaxValue);
        foreach (var recorded in _events)
            replay.Add(recorded);
        return replay.Months();
    }
}
