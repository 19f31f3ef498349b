using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Grains;
using Jpki.Ledger;

namespace Jpki.Silo.Adapters;

/// <summary>The evidence store as the grains see it.</summary>
public sealed class EvidenceAdapter(EvidenceStore store) : IEvidenceRoom
{
    public Task<bool> HoldsAsync(MunicipalityCode municipality, IReadOnlyCollection<Evidence> evidence) => store.HoldsAsync(municipality, evidence);
}
