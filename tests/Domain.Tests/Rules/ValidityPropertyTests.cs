using CsCheck;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Rules.TestData;

namespace Jpki.Domain.Tests.Rules;

[Trait("Rule", "S10")]
[Trait("Rule", "S13")]
public sealed class ValidityPropertyTests
{
    private static readonly DateOnly FirstApplication = new(2016, 1, 1);
    private static readonly DateOnly LastApplication = new(2045, 12, 31);

    /// <summary>Applications with a card, and bounds, that are valid on the day.</summary>
    private static readonly Gen<Case> Cases =
        from rules in Gen.OneOf(RuleSet.Akishima2018, RuleSet.National2026)
        from kind in Gen.OneOf(CertificateKind.Signature, CertificateKind.UserAuthentication)
        from birthDate in Gen.OneOf(DayBetween(new(1920, 1, 1), new(2015, 12, 31)), Gen.Const(new DateOnly(1996, 2, 29)))
        from application in DayBetween(FirstApplication, LastApplication)
        from card in Gen.Int[0, 3653]
        from authentication in Gen.Int[0, 2200]
        from authenticationHeld in Gen.Bool
        from old in Gen.Int[-400, 2200]
        from oldHeld in Gen.Bool
        select new Case(
            rules, kind, birthDate, application, application.AddDays(card),
            authenticationHeld ? application.AddDays(authentication) : null,
            oldHeld ? application.AddDays(old) : null);

    [Fact]
    public void The_last_day_is_never_after_the_cards_last_day() => ForAll(Cases, x => x.LastDay() <= x.Card);

    [Fact]
    public void The_last_day_is_never_before_the_application_while_the_card_is_valid() =>
        ForAll(Cases, x => x.LastDay() >= x.Application);

    [Fact]
    public void The_last_day_is_the_fifth_or_sixth_birthday_or_one_of_the_bounds() => ForAll(Cases, x =>
        x.LastDay() == Birthdays.Nth(x.BirthDate, x.Application, 5)
        || x.LastDay() == Birthdays.Nth(x.BirthDate, x.Application, 6)
        || x.LastDay() == x.Card
        || (x.Kind == CertificateKind.Signature && x.LastDay() == x.Authentication));

    [Fact]
    public void A_signature_certificate_never_outlives_the_user_authentication_certificate() => ForAll(
        Cases.Where(x => x.Authentication is not null),
        x => (x with { Kind = CertificateKind.Signature }).LastDay() <= x.Authentication);

    [Fact]
    public void A_user_authentication_certificate_does_not_depend_on_the_one_held() => ForAll(
        Cases.Select(x => x with { Kind = CertificateKind.UserAuthentication }),
        x => x.LastDay() == (x with { Authentication = null }).LastDay());

    [Fact]
    public void Who_applies_later_is_never_given_an_earlier_end() => ForAll(
        Gen.Select(Cases.Select(x => x with { Old = null }), Gen.Int[0, 1500]),
        x => !x.Item1.IsStillPossibleAfter(x.Item2)
            || (x.Item1 with { Application = x.Item1.Application.AddDays(x.Item2) }).LastDay() >= x.Item1.LastDay());

    [Fact]
    public void Renewing_a_first_certificate_never_shortens_it() => ForAll(
        Gen.Select(Cases.Select(x => x with { Old = null, Kind = CertificateKind.UserAuthentication }), Gen.Int[0, 2200]),
        x =>
        {
            var (first, later) = x;
            var renewal = first with { Application = first.Application.AddDays(later), Old = first.LastDay() };
            return renewal.Application > first.LastDay() || renewal.LastDay() >= first.LastDay();
        });

    private sealed record Case(
        RuleSet Rules, CertificateKind Kind, DateOnly BirthDate, DateOnly Application, DateOnly Card, DateOnly? Authentication, DateOnly? Old)
    {
        public DateOnly LastDay() => Validity.LastDay(Rules, Kind, BirthDate, Application, Card, Authentication, Old);

        public bool IsStillPossibleAfter(int days) => Application.AddDays(days) <= Card;
    }
}
