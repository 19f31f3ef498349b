using Jpki.City;
using Jpki.Domain;

namespace Jpki.Benchmarks.Counting;

/// <summary>Keys and certificates of the usual sizes, without the signatures: for rows that nobody verifies.</summary>
internal sealed class PlainMint : IMint
{
    private const int Key = 294;
    private const int Certificate = 1_500;

    private readonly Random _octets = new(6);

    public string AuthorityKeyId(CertificateKind kind, DateTimeOffset at) => kind == CertificateKind.Signature ? new string('a', 40) : new string('b', 40);

    public Octets SubjectKey(ulong any) => Of(Key);

    public CertifiedHolder Certify(FourAttributes attributes) => new(
        attributes.Name, new string('0', attributes.Name.Length), attributes.Address, new string('0', attributes.Address.Length), attributes.BirthDate, attributes.Sex);

    public Octets Sign(CertificateOrder order) => Of(Certificate);

    private Octets Of(int length)
    {
        var octets = new byte[length];
        _octets.NextBytes(octets);
        return Octets.From(octets);
    }
}
