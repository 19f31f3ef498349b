using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>The registry's feed: registration and changes of the four attributes.</summary>
public sealed class RegistrySpecs
{
    [Fact]
    [Trait("Rule", "S23")]
    public void The_registry_makes_a_resident_known() =>
        Given().At("2020-04-01T08:00+09:00").By(People.Registry)
            .When(new RegisterResident(People.Hanako, People.Day("2020-04-01")))
            .Then(new ResidentRegistered(People.Hanako, People.Day("2020-04-01")));

    [Fact]
    public void Tomorrow_in_Japan_is_still_the_future_when_it_has_begun_nowhere_else()
    {
        var midnight = Given().At("2020-03-31T15:00Z").By(People.Registry);

        midnight.When(new RegisterResident(People.Hanako, People.Day("2020-04-01")))
            .Then(new ResidentRegistered(People.Hanako, People.Day("2020-04-01")));
        midnight.When(new RegisterResident(People.Hanako, People.Day("2020-04-02"))).ThenRefused("NotInThePast");
    }

    [Fact]
    public void Nobody_is_changed_to_be_born_tomorrow() =>
        Holder().By(People.Registry)
            .When(new ChangeAttributes(People.Hanako with { BirthDate = People.Day("2026-06-02") }, People.Day("2026-06-01")))
            .ThenRefused("BirthDateInTheFuture");

    [Fact]
    [Trait("Rule", "S6")]
    public void A_move_revokes_the_signature_certificate_only() =>
        Holder().By(People.Registry)
            .When(Move())
            .Then(Moved(), Revoked(2));

    [Fact]
    [Trait("Rule", "S6")]
    public void Every_one_of_the_four_attributes_revokes_it()
    {
        FourAttributes[] changes =
        [
            People.Hanako with { Name = "東部花子" },
            People.HanakoMoved,
            People.Hanako with { BirthDate = People.Day("1990-10-06") },
            People.Hanako with { Sex = Sex.Unknown },
        ];
        foreach (var (attributes, kind) in changes.Zip([AttributeKind.Name, AttributeKind.Address, AttributeKind.BirthDate, AttributeKind.Sex]))
        {
            Holder().By(People.Registry)
                .When(new ChangeAttributes(attributes, People.Day("2026-05-20")))
                .Then(new FourAttributesChanged(attributes, [kind], People.Day("2026-05-20")), Revoked(2));
        }
    }

    [Fact]
    [Trait("Rule", "S6")]
    public void A_certificate_on_hold_is_revoked_too() => Holder().Lost().By(People.Registry).When(Move()).Then(Moved(), Revoked(2));

    [Fact]
    [Trait("Rule", "S6")]
    public void So_is_one_issued_and_not_yet_confirmed() =>
        CardHandedOver(optedOut: Authentication).Issued(Signature).By(People.Registry)
            .When(Move() with { OccurredOn = People.Day("2024-06-30") })
            .Then(Moved() with { OccurredOn = People.Day("2024-06-30") }, Revoked(1));

    [Fact]
    [Trait("Rule", "S6")]
    public void So_is_one_ordered_and_not_yet_signed() =>
        CardHandedOver(optedOut: Authentication).Ordered(Signature).By(People.Registry)
            .When(Move() with { OccurredOn = People.Day("2024-06-30") })
            .Then(Moved() with { OccurredOn = People.Day("2024-06-30") }, Revoked(1));

    [Fact]
    [Trait("Rule", "S6")]
    public void An_expired_or_revoked_certificate_is_left_as_it_is()
    {
        Holder().At("2028-10-06T00:00+09:00").By(People.Registry).When(Move()).Then(Moved());
        Holder().Moved().By(People.Registry).When(new ChangeAttributes(People.Hanako, People.Day("2026-06-01")))
            .Then(new FourAttributesChanged(People.Hanako, [AttributeKind.Address], People.Day("2026-06-01")));
    }

    [Fact]
    public void A_change_told_to_nobody_is_refused() =>
        Holder().By(People.Registry).When(new ChangeAttributes(People.Hanako, People.Day("2026-06-01"))).ThenRefused("NothingChanged");

    private static ChangeAttributes Move() => new(People.HanakoMoved, People.Day("2026-05-20"));

    private static FourAttributesChanged Moved() => new(People.HanakoMoved, [AttributeKind.Address], People.Day("2026-05-20"));

    private static CertificateRevoked Revoked(int n) => new(Serial(n), Signature, RevocationCause.AttributesChanged);
}
