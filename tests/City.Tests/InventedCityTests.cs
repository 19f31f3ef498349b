using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.City.Tests;

/// <summary>The invented city is repeatable, in order, and nothing in it could not have happened.</summary>
public sealed class InventedCityTests
{
    private const int Residents = 400;

    private static readonly Municipality _akishima = new(
        MunicipalityCode.Parse("13207"), "東京都", "昭島市", "Tokyo-to", "Akishima-shi",
        [new(OfficeCode.Parse("132070001"), "市役所本庁", "City hall"), new(OfficeCode.Parse("132070002"), "東部出張所", "Eastern branch office")],
        [new(new DateOnly(2015, 10, 5), RuleSet.Akishima2018)]);

    private static readonly IReadOnlyList<Recorded> _events = [.. City(7).Events()];

    private static InventedCity City(ulong seed) => new(CityPlan.Of(Residents, seed, _akishima), new PaperMint());

    [Fact]
    public void The_same_seed_gives_the_same_city_and_another_another()
    {
        Assert.Equal(Text(_events), Text(City(7).Events()));
        Assert.NotEqual(Text(_events), Text(City(8).Events()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void It_is_the_same_city_whether_one_thread_makes_it_or_many(int threads) => Assert.Equal(
        Text(_events), Text(new InventedCity(CityPlan.Of(Residents, 7, _akishima), new PaperMint(), threads).Events()));

    [Fact]
    public void Events_are_in_order_of_time_and_each_life_counts_from_one_without_gaps()
    {
        Assert.True(_events.Zip(_events.Skip(1)).All(pair => pair.First.Provenance.At <= pair.Second.Provenance.At));
        foreach (var life in _events.GroupBy(each => each.Resident))
            Assert.Equal(Enumerable.Range(1, life.Count()).Select(each => (long)each), life.Select(each => each.Version));
    }

    [Fact]
    public void Lengths_are_known_beforehand()
    {
        var counted = _events.GroupBy(each => each.Resident).ToDictionary(each => each.Key, each => each.LongCount());

        Assert.Equal(Residents, counted.Count);
        Assert.All(City(7).Lengths(), each => Assert.Equal(counted[each.Resident], each.Events));
    }

    [Fact]
    public void Nobody_has_two_active_certificates_of_a_kind_and_no_dead_resident_has_any()
    {
        foreach (var life in _events.GroupBy(each => each.Resident))
        {
            var state = Assert.IsType<Resident.Registered>(ResidentHistory.Empty.With(life).State);
            var active = state.Certificates.FindAll(each => each.IsActive && each.IsAlive(life.Last().Provenance.At));
            Assert.Equal(active.Count, active.DistinctBy(each => each.Kind).Count());
            Assert.True(state.Residence is not Residence.Removed || active.IsEmpty);
        }
    }

    [Fact]
    public void It_is_a_town_with_everything_a_report_counts()
    {
        Type[] expected =
        [
            typeof(CertificateIssued), typeof(FourAttributesChanged), typeof(CertificateRevoked), typeof(CertificateSuspended), typeof(CertificateReleased),
            typeof(FeeCharged), typeof(FeeWaived), typeof(PinReset), typeof(CardEnded), typeof(ResidentRemoved), typeof(ApplicationAbandoned),
        ];
        Assert.Empty(expected.Except(_events.Select(each => each.Event.GetType())));
        Assert.InRange(_events.Count, Residents * 8, Residents * 30);
        Assert.InRange(_events.Count(each => each.Event is CardHandedOver), Residents * 6 / 10, Residents);
    }

    private static string Text(IEnumerable<Recorded> events) => string.Join('\n', events.Select(each => JsonSerializer.Serialize(each, Contract.Options)));

    /// <summary>Keys and certificates that are none: what is decided never looks into them.</summary>
    private sealed class PaperMint : IMint
    {
        public string AuthorityKeyId(CertificateKind kind, DateTimeOffset at) => new(kind == CertificateKind.Signature ? 'a' : 'b', 40);

        public Octets SubjectKey(ulong any) => Octets.From(BitConverter.GetBytes(any));

        public CertifiedHolder Certify(FourAttributes attributes) =>
            new(attributes.Name, new('0', attributes.Name.Length), attributes.Address, new('0', attributes.Address.Length), attributes.BirthDate, attributes.Sex);

        public Octets Sign(CertificateOrder order) => Octets.From(order.Serial.ToOctets());
    }
}
