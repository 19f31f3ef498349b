using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>暗証番号の再設定</summary>
public sealed class PinResetSpecs
{
    [Theory]
    [InlineData(PinKind.Signature)]
    [InlineData(PinKind.UserAuthentication)]
    [Trait("Rule", "S27")]
    public void A_forgotten_PIN_is_reset_with_the_cards_own(PinKind forgotten)
    {
        var approved = Holder().When(Reset(Cards.WithCardPin, forgotten)).Then(new PinResetApproved(This, Cards.Own, [forgotten], People.ByCard));

        var done = approved.When(new ConfirmPinReset(This, Cards.Own)).Then(new PinReset(This, Cards.Own, [forgotten]));
        done.When(new ConfirmPinReset(This, Cards.Own)).ThenRefused("NoPinResetUnderWay");
    }

    [Fact]
    [Trait("Rule", "S27")]
    public void Another_PIN_of_the_card_does_not_stand_for_its_own() =>
        Holder().When(Reset(Cards.InReader, PinKind.Signature)).ThenRefused("CardPinNotVerified");

    [Fact]
    [Trait("Rule", "S28")]
    public void Forgotten_too_it_is_reset_in_the_same_visit_with_another_document()
    {
        var reset = Reset(Cards.WithoutPin, PinKind.UserAuthentication, PinKind.BasicRegister);

        Holder().When(reset).ThenRefused("IdentityDocumentNeeded");
        Holder().When(reset with { Identified = People.ByLicence })
            .Then(new PinResetApproved(This, Cards.Own, [PinKind.UserAuthentication, PinKind.BasicRegister], People.ByLicence));
    }

    [Fact]
    [Trait("Rule", "S27")]
    public void The_last_approval_counts()
    {
        var twice = Holder().Done(Reset(Cards.WithCardPin, PinKind.Signature), Id(30))
            .Done(Reset(Cards.WithCardPin, PinKind.UserAuthentication), Id(31));

        twice.When(new ConfirmPinReset(Id(30), Cards.Own)).ThenRefused("NoPinResetUnderWay");
        twice.When(new ConfirmPinReset(Id(31), Cards.Own)).Then(new PinReset(Id(31), Cards.Own, [PinKind.UserAuthentication]));
    }

    [Fact]
    [Trait("Rule", "S27")]
    public void The_same_card_takes_the_new_PINs() =>
        Holder().Done(Reset(Cards.WithCardPin, PinKind.Signature), Id(30)).When(new ConfirmPinReset(Id(30), Cards.Strange))
            .ThenRefused("CardOfAnotherResident");

    [Fact]
    [Trait("Rule", "S27")]
    public void Which_PINs_is_chosen_each_once()
    {
        Holder().When(Reset(Cards.WithCardPin)).ThenRefused("NoPinChosen");
        Holder().When(Reset(Cards.WithCardPin, PinKind.Signature, PinKind.Signature)).ThenRefused("NoPinChosen");
    }

    private static ApprovePinReset Reset(PresentedCard presented, params PinKind[] pins) => new(presented, pins, People.ByCard);
}
