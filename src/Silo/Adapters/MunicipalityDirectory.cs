using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;
using Jpki.Grains;

namespace Jpki.Silo.Adapters;

/// <summary>The municipalities of the configuration.</summary>
public sealed class MunicipalityDirectory(IEnumerable<Municipality> municipalities) : IMunicipalities
{
    private readonly Dictionary<MunicipalityCode, Municipality> _byCode = municipalities.ToDictionary(each => each.Code);

    public IReadOnlyCollection<Municipality> All => _byCode.Values;

    public Municipality? Find(MunicipalityCode code) => _byCode.GetValueOrDefault(code);
}
