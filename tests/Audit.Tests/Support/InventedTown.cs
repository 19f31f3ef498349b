using System.Text;
using System.Text.Json;
using Jpki.Audit.Records;
using Jpki.City;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Audit.Tests.Support;

/// <summary>Invented lives as the ledger's events and register rows, by the domain's own rules. The same each time.</summary>
internal static class InventedTown
{
    public static readonly Municipality Akishima = new(
        MunicipalityCode.Parse("13207"), "東京都", "昭島市", "Tokyo-to", "Akishima-shi",
        [new(OfficeCode.Parse("132070001"), "市役所本庁", "City hall"), new(OfficeCode.Parse("132070002"), "東部出張所", "Eastern branch office")],
        [new(new DateOnly(2015, 10, 5), RuleSet.Akishima2018)]);

    /// <summary>About fifteen events a resident, eight years.</summary>
    public static IEnumerable<Recorded> Events(int residents) => new InventedCity(CityPlan.Of(residents, 7, Akishima), new PaperMint()).Events();

    /// <summary>As the ledger keeps it; the leaf is the one it makes.</summary>
    public static ExportedEvent Line(long index, Recorded recorded)
    {
        var provenance = recorded.Provenance;
        var headers = new
        {
            provenance.At,
            provenance.By.Role,
            provenance.By.Office,
            provenance.Command,
            provenance.RuleSet,
            provenance.By.Subject,
        };
        var line = new ExportedEvent(
            index, 10 + 2 * index, recorded.Resident.Value, recorded.Version, StoredNameAttribute.Of(recorded.Event.GetType()).Name,
            new Guid((int)index, 7, 0, 1, 2, 3, 4, 5, 6, 7, 8), GivenExport.Noon.AddSeconds(index),
            Encoding.ASCII.GetBytes(provenance.CommandId.ToString()), Json(headers, headers.GetType()), GivenExport.SaltOf(recorded.Resident.Value), null,
            Json(recorded.Event, recorded.Event.GetType()));
        return line with { Leaf = GivenExport.Leaf(line) };
    }

    /// <summary>The register as the ledger keeps it beside the events.</summary>
    public static IReadOnlyList<ExportedCertificate> Register(IEnumerable<Recorded> events)
    {
        var residents = new Dictionary<ResidentId, Resident>();
        var rows = new Dictionary<SerialNumber, ExportedCertificate>();
        foreach (var recorded in events)
        {
            var before = residents.GetValueOrDefault(recorded.Resident, Resident.Unknown.Instance);
            foreach (var change in CertificateChanges.ChangedBy(recorded.Resident, before, [recorded.Event], recorded.Provenance))
            {
                rows[change.Serial] = change switch
                {
                    CertificateChange.Entered x => new(x.Resident, x.Certificate, null),
                    CertificateChange.StatusChanged x => rows[x.Serial] with { Certificate = rows[x.Serial].Certificate with { Status = x.Status }, ChangedAt = x.At },
                    _ => throw new InvalidOperationException(),
                };
            }

            residents[recorded.Resident] = Resident.Evolve(before, recorded.Event, recorded.Provenance);
        }

        return [.. rows.Values];
    }

    private static byte[] Json(object value, Type type) => JsonSerializer.SerializeToUtf8Bytes(value, type, Contract.Options);

    private sealed class PaperMint : IMint
    {
        public string AuthorityKeyId(CertificateKind kind, DateTimeOffset at) => new(kind == CertificateKind.Signature ? 'a' : 'b', 40);

        public Octets SubjectKey(ulong any) => Octets.From(BitConverter.GetBytes(any));

        public CertifiedHolder Certify(FourAttributes attributes) =>
            new(attributes.Name, new('0', attributes.Name.Length), attributes.Address, new('0', attributes.Address.Length), attributes.BirthDate, attributes.Sex);

        public Octets Sign(CertificateOrder order) => Octets.From(order.Serial.ToOctets());
    }
}
