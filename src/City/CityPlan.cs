using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;

namespace Jpki.City;

/// <summary>計画: which invented city to make. The same plan gives the same events, octet for octet, if the mint does.</summary>
/// <param name="Residents">How many ever live there, 1 to 10,000,000.</param>
/// <param name="Seed">Another seed, another city.</param>
/// <param name="Municipality">Whose residents; its rule sets decide.</param>
/// <param name="From">First day, on which all who live there are registered.</param>
/// <param name="Until">Last day, inclusive.</param>
public sealed record CityPlan(int Residents, ulong Seed, Municipality Municipality, DateOnly From, DateOnly Until)
{
    /// <summary>About fifteen events a resident come of the defaults.</summary>
    public static CityPlan Of(int residents, ulong seed, Municipality municipality) =>
        new(residents, seed, municipality, new DateOnly(2018, 10, 1), new DateOnly(2026, 9, 30));

    /// <param name="n">From 1.</param>
    public ResidentId Resident(int n) =>
        ResidentId.Parse(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Municipality.Code}-{n:D8}"));
}

/// <summary>発行局: where the invented city gets its keys and certificates. A card's key pair costs 50 ms, so invented cards share a few.</summary>
/// <remarks>Called by many threads at once; what it gives rests on nothing but what it is asked.</remarks>
public interface IMint
{
    /// <summary>The key identifier of the authority's generation that signs on a day.</summary>
    string AuthorityKeyId(CertificateKind kind, DateTimeOffset at);

    /// <summary>DER SubjectPublicKeyInfo of a card's new key.</summary>
    /// <param name="any">Any number; the same gives the same key.</param>
    Octets SubjectKey(ulong any);

    CertifiedHolder Certify(FourAttributes attributes);

    /// <summary>The certificate, DER.</summary>
    Octets Sign(CertificateOrder order);
}
