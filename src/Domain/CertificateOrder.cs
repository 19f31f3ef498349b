using Jpki.Domain.Identifiers;

namespace Jpki.Domain;

/// <summary>
/// 発行指図: everything that will be signed, recorded before it is. The same order always gives the same certificate, so a signature
/// lost in a crash is made again and never becomes a second certificate.
/// </summary>
/// <param name="Serial">Serial number, unique for ever.</param>
/// <param name="Kind">Which authority and profile.</param>
/// <param name="SubjectPublicKeyInfo">The card's new public key, DER SubjectPublicKeyInfo (RFC 5280 4.1.2.7); possession was proven.</param>
/// <param name="CommonName">Subject CN, already complete with the office code.</param>
/// <param name="PrefectureRoman">Subject L of a signature certificate, e.g. <c>Tokyo-to</c>.</param>
/// <param name="MunicipalityRoman">Second subject L of a signature certificate, e.g. <c>Akishima-shi</c>.</param>
/// <param name="Municipality">Chooses the CRL distribution point.</param>
/// <param name="NotBefore">The instant of issue, whole seconds.</param>
/// <param name="NotAfter">23:59:59 JST of the last day.</param>
/// <param name="AuthorityKeyId">Which generation of the authority's key signs: its key identifier, lower-case hexadecimal.</param>
/// <param name="Holder">The four attributes as certified; none for user authentication.</param>
public sealed record CertificateOrder(
    SerialNumber Serial,
    CertificateKind Kind,
    Octets SubjectPublicKeyInfo,
    string CommonName,
    string PrefectureRoman,
    string MunicipalityRoman,
    MunicipalityCode Municipality,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string AuthorityKeyId,
    CertifiedHolder? Holder);

/// <summary>
/// The four attributes as they stand in the subjectAltName, with the maps of substitute characters: one digit a character,
/// 0 original, 1 substitute. Personal data.
/// </summary>
public sealed record CertifiedHolder(
    string Name,
    string NameSubstitutes,
    string Address,
    string AddressSubstitutes,
    DateOnly BirthDate,
    Sex Sex)
{
    public override string ToString() => "CertifiedHolder(…)";
}
