using Jpki.Domain;
using Jpki.Integration.Tests.Support;
using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Pulled;

/// <summary>After a pull somebody puts another card back (B4, S16).</summary>
public sealed class WrongCardTests(TownHallFixture fixture)
{
    [Theory]
    [Trait("Rule", "B4")]
    [Trait("Rule", "S16")]
    [InlineData(Instruction.GenerateKeyPair)]
    [InlineData(Instruction.UpdateBinary)]
    [InlineData(Instruction.Activate)]
    public async Task Another_card_is_recognised_and_left_alone(byte instruction)
    {
        await using var slot = await fixture.Readers.RentAsync();
        var person = await fixture.Hall.RegisterAsync();
        var visit = new Visit(fixture.Hall, slot, person, fixture.Hall.CardFor(person));
        var other = fixture.Hall.CardFor(Person.Next());
        var untouched = other.Facts;
        visit.Front.Continue = async stop =>
        {
            await slot.InsertAsync(stop.Code == "card-removed" ? other : visit.Card);
            return true;
        };
        var pulled = false;
        await slot.InsertAsync(
            visit.Card,
            (_, apdu) => !pulled && (pulled = apdu.Span[1] == instruction) ? TamperDecision.PullAfter : TamperDecision.LetPass);

        Visit.AssertCompleted(await visit.HandOverAsync());

        Assert.Equal(["card-removed", "card-changed"], visit.Front.Interruptions.Select(each => each.Code));
        Assert.Equivalent(untouched, other.Facts, strict: true);
        await Wholeness.AssertAsync(fixture.Hall, slot, person, CertificateKind.Signature, CertificateKind.UserAuthentication);
    }

    [Fact]
    [Trait("Rule", "S16")]
    public async Task A_card_of_somebody_else_is_refused_before_anything_is_done_to_it()
    {
        await using var slot = await fixture.Readers.RentAsync();
        var (holder, stranger) = (await fixture.Hall.RegisterAsync(), await fixture.Hall.RegisterAsync());
        var own = new Visit(fixture.Hall, slot, holder, fixture.Hall.CardFor(holder));
        await slot.InsertAsync(own.Card);
        Visit.AssertCompleted(await own.HandOverAsync());
        var others = new Visit(fixture.Hall, slot, stranger, fixture.Hall.CardFor(stranger));
        await slot.InsertAsync(others.Card);
        Visit.AssertCompleted(await others.HandOverAsync());

        var wrong = new Visit(fixture.Hall, slot, holder, others.Card);
        Visit.AssertStopped("CardOfAnotherResident", await wrong.IssueAsync(CertificateKind.Signature));

        await Wholeness.AssertAsync(fixture.Hall, slot, stranger, CertificateKind.Signature, CertificateKind.UserAuthentication);
    }
}
