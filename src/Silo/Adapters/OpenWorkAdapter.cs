using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Grains;
using Jpki.Ledger;

namespace Jpki.Silo.Adapters;

/// <summary>The ledger's open work as the nightly jobs see it. Read to the end at once: what is ended meanwhile changes the rows.</summary>
public sealed class OpenWorkAdapter(ResidentLedger ledger) : IOpenWork
{
    public async Task<IReadOnlyList<OpenWork>> OverdueAsync(MunicipalityCode municipality, DateOnly day) =>
        await ledger.OverdueAsync(municipality, day).ToListAsync();

    public async Task<IReadOnlyList<OpenWork>> EndingAsync(MunicipalityCode municipality, DateOnly from, DateOnly until) =>
        await ledger.EndingAsync(municipality, from, until).ToListAsync();

    public Task<DateOnly?> LastNightAsync(MunicipalityCode municipality) => ledger.LastNightAsync(municipality);

    public Task CompleteNightAsync(MunicipalityCode municipality, DateOnly day) => ledger.CompleteNightAsync(municipality, day);
}
