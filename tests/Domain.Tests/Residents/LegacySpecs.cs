using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>住基カード: its certificates live on as history, and no new one is written.</summary>
public sealed class LegacySpecs
{
    private static readonly FourAttributes _married = People.Hanako with { Name = "多摩花子" };

    private static readonly SerialNumber _serial = SerialNumber.Parse("4c01");
    private static readonly DateOnly _issuedOn = People.Day("2015-12-22");
    private static readonly DateOnly _lastDay = People.Day("2018-12-21");
    private static readonly LegacyCertificateRecorded _recorded = new(_serial, _issuedOn, _lastDay);

    public static TheoryData<string> CommandsWithACard =>
        [.. Samples.Commands.Where(each => Presented(each) is not null).Select(each => each.Name())];

    [Fact]
    [Trait("Rule", "S2")]
    public void A_certificate_on_a_Juki_card_is_recorded_for_three_years() =>
        Importing().When(Import()).Then(_recorded);

    [Theory]
    [Trait("Rule", "S2")]
    [InlineData("2018-12-21T14:59:59Z", CertificateStatus.Active)]
    [InlineData("2018-12-21T15:00:00Z", CertificateStatus.Expired)]
    public void It_is_shown_until_midnight_in_Japan_after_its_last_day(string at, CertificateStatus status)
    {
        var scene = Importing().Done(Import());

        Assert.Equal(new LegacyCertificateView(_serial, status, _issuedOn, _lastDay, null), Shown(scene.At(at)));
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void A_change_of_an_attribute_ends_it()
    {
        var moved = Importing().At("2017-05-01T10:00+09:00").Done(Import()).By(People.Registry)
            .When(Move("2017-04-30")).Then(Moved("2017-04-30"), Ended("2017-04-30"));

        Assert.Equal(new LegacyCertificateView(_serial, CertificateStatus.Revoked, _issuedOn, _lastDay, People.Day("2017-04-30")), Shown(moved));
        moved.When(new ChangeAttributes(People.Hanako, People.Day("2017-05-01")))
            .Then(new FourAttributesChanged(People.Hanako, [AttributeKind.Address], People.Day("2017-05-01")));
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void While_it_lives_a_change_learnt_late_ends_it_too() =>
        Importing().At("2017-05-01T10:00+09:00").Done(Import()).By(People.Registry)
            .When(Move("2015-12-01")).Then(Moved("2015-12-01"), Ended("2015-12-01"));

    [Fact]
    [Trait("Rule", "S2")]
    public void A_change_imported_years_later_ends_it_when_it_fell_within_its_validity()
    {
        Importing().Done(Import()).By(People.Registry).When(Move("2018-12-21")).Then(Moved("2018-12-21"), Ended("2018-12-21"));
        Importing().Done(Import()).By(People.Registry).When(Move("2018-12-22")).Then(Moved("2018-12-22"));
        Importing().Done(Import()).By(People.Registry).When(Move("2015-12-22")).Then(Moved("2015-12-22"));
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void A_fact_learnt_late_ends_it_too_when_it_fell_within_its_validity()
    {
        var moved = Importing().Done(Import()).Done(People.Registry, Move("2020-01-01")).By(People.Registry);

        moved.When(Married("2016-06-01")).Then(Learnt("2016-06-01"), Ended("2016-06-01"));
        moved.When(Married("2015-06-01")).Then(Learnt("2015-06-01"));
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void So_does_one_that_was_imported_before_it()
    {
        var changed = Importing().Done(People.Registry, Move("2018-01-01"))
            .Done(People.Registry, Married("2016-06-01"))
            .Done(People.Registry, new ChangeAttributes(People.Hanako, People.Day("2020-01-01")));

        changed.When(Import()).Then(_recorded, Ended("2016-06-01"));
        changed.When(Import() with { IssuedOn = People.Day("2012-06-01") })
            .Then(new LegacyCertificateRecorded(_serial, People.Day("2012-06-01"), People.Day("2015-05-31")));
    }

    [Fact]
    [Trait("Rule", "S2")]
    public void A_change_leaves_a_My_Number_cards_history_and_a_Juki_cards_apart() =>
        Holder().Done(People.Administrator, Import()).By(People.Registry)
            .When(Move("2026-05-20"))
            .Then(Moved("2026-05-20"), new CertificateRevoked(Serial(2), Signature, RevocationCause.AttributesChanged));

    [Fact]
    [Trait("Rule", "S2")]
    public void The_same_serial_number_is_recorded_once()
    {
        var imported = Importing().Done(Import());

        imported.When(Import()).ThenRefused("LegacyAlreadyRecorded");
        imported.When(Import() with { IssuedOn = People.Day("2015-12-21") }).ThenRefused("LegacyRecordedOtherwise");
    }

    [Theory]
    [Trait("Rule", "S1")]
    [InlineData("2026-06-01T00:00Z", "2015-12-23", "LegacyIssuedTooLate")]
    [InlineData("2014-06-30T14:59:59Z", "2014-07-01", "LegacyIssuedTooLate")]
    [InlineData("2026-06-01T00:00Z", "2004-01-28", "LegacyIssuedTooEarly")]
    public void None_was_issued_later_or_earlier(string at, string issuedOn, string code) =>
        Importing().At(at).When(Import() with { IssuedOn = People.Day(issuedOn) }).ThenRefused(code);

    [Fact]
    [Trait("Rule", "S1")]
    public void Today_in_Japan_is_not_too_late() =>
        Importing().At("2014-06-30T15:00:00Z").When(Import() with { IssuedOn = People.Day("2014-07-01") })
            .Then(new LegacyCertificateRecorded(_serial, People.Day("2014-07-01"), People.Day("2017-06-30")));

    [Theory]
    [Trait("Rule", "S1")]
    [InlineData("2015-12-22T14:59:59Z", "JukiCardsNotServedHere")]
    [InlineData("2015-12-22T15:00:00Z", "JukiCardsEnded")]
    [InlineData("2015-12-22T23:59:59+09:00", "JukiCardsNotServedHere")]
    [InlineData("2015-12-23T00:00:00+09:00", "JukiCardsEnded")]
    [InlineData("2026-06-01T10:00:00+09:00", "JukiCardsEnded")]
    public void Juki_cards_ended_at_midnight_in_Japan(string at, string code) =>
        Registered().At(at).When(new HandOverCard(Juki, [], People.ByLicence)).ThenRefused(code);

    [Theory]
    [Trait("Rule", "S1")]
    [MemberData(nameof(CommandsWithACard))]
    public void No_procedure_takes_a_Juki_card_whatever_else_stands_against_it(string name)
    {
        var command = WithJukiCard(Samples.Commands.Single(each => each.Name() == name));

        Holder().When(command).ThenRefused("JukiCardsEnded");
        Given().At("2026-06-07T03:00+09:00").When(command).ThenRefused("JukiCardsEnded");
    }

    [Fact]
    [Trait("Rule", "S1")]
    public void The_refusal_points_to_the_My_Number_card()
    {
        Assert.Contains("マイナンバーカード", Refusals.JukiCardsEnded().Japanese, StringComparison.Ordinal);
        Assert.Contains("My Number card", Refusals.JukiCardsEnded().English, StringComparison.Ordinal);
    }

    private static PresentedCard Juki => Cards.WithoutPin with { Medium = CardMedium.JukiCard };

    // In the registry since before the certificate, so that its changes are changes and not facts learnt late.
    private static Scene Importing() =>
        Scene.Given(new ResidentRegistered(People.Hanako, People.Day("2010-04-01"))).At("2026-06-01T09:00+09:00").By(People.Administrator);

    private static RecordLegacyCertificate Import() => new(_serial, _issuedOn);

    private static ChangeAttributes Married(string occurredOn) => new(_married, People.Day(occurredOn));

    private static EarlierAttributesLearnt Learnt(string occurredOn) => new(_married, People.Day(occurredOn));

    private static ChangeAttributes Move(string occurredOn) => new(People.HanakoMoved, People.Day(occurredOn));

    private static FourAttributesChanged Moved(string occurredOn) => new(People.HanakoMoved, [AttributeKind.Address], People.Day(occurredOn));

    private static LegacyCertificateRevoked Ended(string on) => new(_serial, RevocationCause.AttributesChanged, People.Day(on));

    private static LegacyCertificateView Shown(Scene scene) =>
        Assert.Single(ResidentView.Of(HanakosId, scene.History, scene.Instant, withAttributes: false)!.Legacy);

    /// <summary>By reflection, so that a procedure added later is asked too.</summary>
    private static PresentedCard? Presented(ResidentCommand command) =>
        command.GetType().GetProperties().SingleOrDefault(each => each.PropertyType == typeof(PresentedCard))?.GetValue(command) as PresentedCard;

    /// <summary>A copy, as <c>with</c> would make it: the samples are everybody's.</summary>
    private static ResidentCommand WithJukiCard(ResidentCommand command)
    {
        var copy = (ResidentCommand)command.GetType().GetMethod("<Clone>$")!.Invoke(command, null)!;
        command.GetType().GetProperties().Single(each => each.PropertyType == typeof(PresentedCard)).SetValue(copy, Juki);
        return copy;
    }
}
