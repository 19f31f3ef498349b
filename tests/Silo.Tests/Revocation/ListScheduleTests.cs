using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Ledger;
using Jpki.Silo.Revocation;

namespace Jpki.Silo.Tests.Revocation;

public sealed class ListScheduleTests
{
    private static readonly RevocationListScope Scope = new(new string('a', 40), MunicipalityCode.Parse("13207"));
    private static readonly DateTimeOffset Midnight = new(2026, 6, 2, 0, 0, 0, TimeSpan.FromHours(9));
    private static readonly DateTimeOffset Noon = Midnight.AddHours(12);

    [Fact]
    public void The_first_list_is_a_full_one() => Assert.Equal(ListKind.Full, ListSchedule.Due(new(null, null, Changed: true), Noon));

    [Fact]
    public void A_full_list_is_followed_by_its_delta_at_once() =>
        Assert.Equal(ListKind.Delta, ListSchedule.Due(new(Full(Noon), Full(Noon), Changed: false), Noon));

    [Theory, InlineData(true, ListKind.Delta), InlineData(false, null)]
    public void After_that_a_delta_comes_when_something_changed(bool changed, ListKind? due) =>
        Assert.Equal(due, ListSchedule.Due(new(Full(Noon), Delta(Noon), changed), Noon.AddMinutes(1)));

    [Fact]
    public void A_civil_day_begins_with_a_full_list()
    {
        var state = new ListState(Full(Midnight.AddDays(-1)), Delta(Midnight.AddMinutes(-1)), Changed: true);

        Assert.Equal(ListKind.Delta, ListSchedule.Due(state, Midnight.AddSeconds(-1)));
        Assert.Equal(ListKind.Full, ListSchedule.Due(state, Midnight));
    }

    [Theory, InlineData(-6, ListKind.Full), InlineData(-4, null), InlineData(24 * 60 * 30, ListKind.Full)]
    public void A_clock_that_jumped_makes_a_full_list_and_one_that_is_a_little_off_does_not(int minutes, ListKind? due) =>
        Assert.Equal(due, ListSchedule.Due(new(Full(Noon), Delta(Noon), Changed: false), Noon.AddMinutes(minutes)));

    [Fact]
    public void A_list_is_followed_before_it_ends()
    {
        var (full, delta) = (Full(Midnight), Delta(Midnight));

        Assert.Null(ListSchedule.Due(new(full, delta, Changed: false), Midnight.AddHours(23)));
        Assert.Equal(ListKind.Delta, ListSchedule.Due(new(full, delta, Changed: false), Midnight.AddHours(23).AddSeconds(1)));
    }

    [Fact]
    public void A_missed_night_leaves_a_day_to_notice_it()
    {
        Assert.True(Full(Midnight).NextUpdate >= Midnight.AddDays(2));
        Assert.True(Delta(Midnight).NextUpdate >= Midnight.AddDays(1));
    }

    [Theory]
    [InlineData(ListKind.Full, 12 * 60, 3600)]
    [InlineData(ListKind.Full, (23 * 60) + 50, 600)]
    [InlineData(ListKind.Full, (71 * 60) + 59, 0)]
    [InlineData(ListKind.Delta, 12 * 60, 30)]
    [InlineData(ListKind.Delta, (24 * 60) + 1, 0)]
    public void Caches_keep_a_list_for_a_while_never_into_the_next_day_never_beyond_its_end(ListKind kind, int minutes, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ListSchedule.CacheableFor(List(kind, Midnight), Midnight.AddMinutes(minutes)));

    private static PublishedList Full(DateTimeOffset at) => List(ListKind.Full, at);

    private static PublishedList Delta(DateTimeOffset at) => List(ListKind.Delta, at);

    private static PublishedList List(ListKind kind, DateTimeOffset at) => new(
        Scope, kind, 2, kind == ListKind.Delta ? 1 : null, at, at + ListSchedule.LifeOf(kind), new string('0', 64), 1000);
}
