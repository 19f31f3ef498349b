using Jpki.Domain.Identifiers;
using Jpki.Grains;

namespace Jpki.Silo.Reports;

/// <summary>Offices by their codes, as configured.</summary>
internal sealed class OfficeNames(IMunicipalities municipalities)
{
    /// <summary>The Japanese name; none where the office is not configured any more, or it was none.</summary>
    public string? Find(string code) => OfficeCode.TryParse(code, null, out var office)
        ? municipalities.Find(office.Municipality)?.Offices.FirstOrDefault(each => each.Code == office)?.JapaneseName
        : null;
}
