using Jpki.Domain;

namespace Jpki.Pki.Revocation;

/// <summary>失効リストの作成指図: everything about a list but its entries.</summary>
/// <param name="Scope">The authority's key that signs, and the municipality whose certificates the list is about.</param>
/// <param name="PrefectureRoman">As in the municipality's certificates, e.g. <c>Tokyo-to</c>: the point is named after it.</param>
/// <param name="MunicipalityRoman">Likewise, e.g. <c>Akishima-shi</c>.</param>
/// <param name="Number">cRLNumber (RFC 5280 5.2.3), positive; full and delta lists of a scope count together.</param>
/// <param name="BaseNumber">Of a delta list, the full list it adds to (RFC 5280 5.2.4), below <paramref name="Number"/>; none: a full list.</param>
/// <param name="ThisUpdate">Whole seconds.</param>
/// <param name="NextUpdate">Whole seconds, after <paramref name="ThisUpdate"/>.</param>
public sealed record RevocationListOrder(
    RevocationListScope Scope,
    string PrefectureRoman,
    string MunicipalityRoman,
    long Number,
    long? BaseNumber,
    DateTimeOffset ThisUpdate,
    DateTimeOffset NextUpdate)
{
    public bool IsDelta => BaseNumber is not null;
}
