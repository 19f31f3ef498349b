using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Grains;
using Jpki.Ledger;

namespace Jpki.Silo.Adapters;

/// <summary>The ledger as the grains see it.</summary>
public sealed class LedgerAdapter(ResidentLedger ledger) : IResidentLedger
{
    public Task<ResidentHistory> LoadAsync(ResidentId resident) => ledger.LoadAsync(resident);

    public Task<IReadOnlyList<Recorded>> ReadAsync(ResidentId resident) => ledger.ReadAsync(resident);

    public async Task<Appending> AppendAsync(
        ResidentId resident, long expectedVersion, IReadOnlyList<ResidentEvent> events, Provenance provenance, KeptRows kept) =>
        await ledger.AppendAsync(resident, expectedVersion, events, provenance, kept) switch
        {
            AppendOutcome.Appended appended => new Appending.Recorded(appended.Events),
            AppendOutcome.Conflict => new Appending.Overtaken(),
            AppendOutcome.Busy => new Appending.Busy(),
            _ => throw new InvalidOperationException("An append is stored, too late or refused."),
        };
}
