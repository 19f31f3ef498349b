using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Revocation;

/// <summary>What happens to a card's certificates is on the lists, for everybody, soon.</summary>
public sealed class ListsTellTests(TownHallFixture fixture)
{
    private static readonly IdentityCheck Licence = new(IdentityDocument.DrivingLicence);

    [Fact]
    [Trait("Rule", "S30")]
    public async Task A_suspension_its_release_and_a_revocation_reach_the_lists()
    {
        var hall = fixture.Hall;
        using var party = new RelyingParty(hall.Silo.PublicAddress);
        await using var slot = await fixture.Readers.RentAsync();
        var person = await hall.RegisterAsync();
        var visit = new Visit(hall, slot, person, hall.CardFor(person));
        await slot.InsertAsync(visit.Card);
        Visit.AssertCompleted(await visit.HandOverAsync());
        var serial = await SerialAsync(hall, person);

        await hall.DoAsync("call-centre", person.Id, new SuspendCertificates());
        var held = await WaitForDeltaAsync(party, serial, "Certificate Hold");

        Visit.AssertCompleted(await visit.ReleaseAsync());
        var released = await WaitForDeltaAsync(party, serial, "Remove From CRL");

        await hall.DoAsync("clerk", person.Id, new RevokeCertificates([CertificateKind.UserAuthentication], RevocationCause.KeyLeaked, Licence));
        var revoked = await WaitForDeltaAsync(party, serial, "Key Compromise");
        using var published = await hall.Line("administrator").PostAsync("jobs/revocation-lists/publish", null, TestContext.Current.CancellationToken);
        published.EnsureSuccessStatusCode();
        var full = await party.WaitForAsync(
            "a full list with the revocation", CertificateKind.UserAuthentication, ".crl", list => list.Number > revoked.Number);

        Assert.Equal("Key Compromise", full.Entries[serial]);
        long[] numbers = [held.Number, released.Number, revoked.Number, full.Number];
        Assert.Equal(numbers.Order().Distinct(), numbers);
        Assert.All([held, released, revoked], each => Assert.True(each.BaseNumber < each.Number));
        Assert.DoesNotContain("Incident", hall.Silo.Log, StringComparison.Ordinal);
    }

    private static Task<ReadList> WaitForDeltaAsync(RelyingParty party, string serial, string reason) => party.WaitForAsync(
        $"'{reason}' in a delta list", CertificateKind.UserAuthentication, ".delta.crl", list => list.Entries.GetValueOrDefault(serial) == reason);

    private static async Task<string> SerialAsync(TownHall hall, Person person) =>
        (await LedgerPage.ReadAsync(hall, person)).Active(CertificateKind.UserAuthentication).Serial.Value;
}
