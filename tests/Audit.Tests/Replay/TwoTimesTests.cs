using Jpki.Audit.Replay;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Audit.Tests.Replay;

/// <summary>When it was so, and when we learnt it, are two questions (B2).</summary>
public sealed class TwoTimesTests
{
    private static readonly ResidentId _resident = ResidentId.Parse("13207-00000001");
    private static readonly FourAttributes _hanako = new("山田　花子", "東京都昭島市田中町一丁目１７番１号", new(1985, 2, 28), Sex.Female);
    private static readonly FourAttributes _married = _hanako with { Name = "髙橋　花子" };
    private static readonly FourAttributes _moved = _married with { Address = "東京都昭島市東町一丁目１番１号" };

    // Known on 1 April; on 10 May we learn that the name was another since 20 April; on 1 June that she moved on 1 May; then that she left.
    private static readonly IReadOnlyList<Recorded> _events =
    [
        Told(1, new(2026, 4, 1), new ResidentRegistered(_hanako, new(2020, 1, 1))),
        Told(2, new(2026, 5, 10), new FourAttributesChanged(_married, [AttributeKind.Name], new(2026, 4, 20))),
        Told(3, new(2026, 6, 1), new FourAttributesChanged(_moved, [AttributeKind.Address], new(2026, 5, 1))),
        Told(4, new(2026, 6, 5), new WardStatusChanged(WardChange.Started, new(2026, 5, 20))),
        Told(5, new(2026, 7, 10), new ResidentRemoved(RemovalCause.MovedOut, new(2026, 7, 1), ContinuedUse: false)),
        Told(6, new(2026, 7, 20), new RemovalCorrected()),
    ];

    [Theory]
    [InlineData("2026-04-25", "2026-05-01", "hanako")]
    [InlineData("2026-04-25", "2026-05-20", "married")]
    [InlineData("2026-04-15", "2026-05-20", "hanako")]
    [InlineData("2026-05-05", "2026-05-20", "married")]
    [InlineData("2026-05-05", "2026-06-20", "moved")]
    [InlineData("2019-12-31", "2026-06-20", "nobody")]
    [Trait("Rule", "B2")]
    public void Attributes_are_as_they_were_on_a_day_as_known_on_another(string asOf, string knownOn, string expected)
    {
        var seen = Of(asOf, knownOn);

        Assert.Equal(expected switch { "hanako" => _hanako, "married" => _married, "moved" => _moved, _ => null }, seen?.Attributes);
    }

    [Theory]
    [InlineData("2026-05-25", "2026-06-04", false)]
    [InlineData("2026-05-25", "2026-06-06", true)]
    [InlineData("2026-05-19", "2026-06-06", false)]
    public void So_is_the_ward_status(string asOf, string knownOn, bool isWard) => Assert.Equal(isWard, Of(asOf, knownOn)!.IsWard);

    [Theory]
    [InlineData("2026-07-05", "2026-07-09", false)]
    [InlineData("2026-07-05", "2026-07-15", true)]
    [InlineData("2026-06-30", "2026-07-15", false)]
    [InlineData("2026-07-05", "2026-07-25", false)]
    public void So_is_the_registration(string asOf, string knownOn, bool removed) => Assert.Equal(removed, Of(asOf, knownOn)!.Removal is not null);

    [Fact]
    public void Nothing_was_known_before_the_first_event() => Assert.Null(Of("2026-05-01", "2026-03-31"));

    private static TwoTimes? Of(string asOf, string knownOn) => TwoTimes.Of(_resident, _events, Day(asOf), Jst.EndOf(Day(knownOn)));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Recorded Told(int version, DateOnly on, ResidentEvent happened) => new(
        _resident, version, happened,
        new(new CommandId(new Guid(version, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)), "change-attributes", new("registry-feed", Role.Registry, null), Jst.At(on, new TimeOnly(10, 0)), "akishima-2018"));
}
