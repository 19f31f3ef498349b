using System.Security.Cryptography;
using Jpki.City;
using Jpki.Domain;
using Jpki.Pki.Keys;
using Jpki.Pki.Orders;
using Jpki.Pki.Profiles;
using Jpki.TownHall.Parts;

namespace Jpki.TownHall.Cities;

/// <summary>Real authorities sign the invented city's certificates; the invented cards share a few real keys.</summary>
internal sealed class CityMint : IMint
{
    private const int SharedKeys = 32;

    private readonly Authorities authorities;
    private readonly CertificateIssuer issuer;
    private readonly Octets[] keys = new Octets[SharedKeys];

    public CityMint(Authorities authorities, AuthoritySettings settings)
    {
        (this.authorities, issuer) = (authorities, new CertificateIssuer(authorities, settings));
        Parallel.For(0, SharedKeys, n =>
        {
            using var key = RSA.Create(2048);
            keys[n] = Octets.From(key.ExportSubjectPublicKeyInfo());
        });
    }

    public string AuthorityKeyId(CertificateKind kind, DateTimeOffset at) => authorities.For(kind).KeyId;

    public Octets SubjectKey(ulong any) => keys[any % SharedKeys];

    public CertifiedHolder Certify(FourAttributes attributes) => Repertoire.Certify(attributes);

    public Octets Sign(CertificateOrder order) => issuer.Issue(order) switch
    {
        Issued issued => issued.Certificate,
        IssueRejected rejected => throw new TownHallException(
            $"The invented city's authority refuses an order: {string.Join(", ", rejected.Findings.Select(each => each.Code))}"),
        _ => throw new InvalidOperationException("An order is issued or rejected."),
    };
}
