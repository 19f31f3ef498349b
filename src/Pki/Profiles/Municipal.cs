using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Pki.Profiles;

/// <summary>
/// All that the extensions which holders have in common take from an order: what is made of it can be kept. There are as many as kinds,
/// generations and municipalities together.
/// </summary>
internal readonly record struct Municipal(
    CertificateKind Kind, string AuthorityKeyId, MunicipalityCode Municipality, string PrefectureRoman, string MunicipalityRoman)
{
    public static Municipal Of(CertificateOrder order) =>
        new(order.Kind, order.AuthorityKeyId, order.Municipality, order.PrefectureRoman, order.MunicipalityRoman);
}
