using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Audit.Replay;

/// <summary>集計: a replayed town in numbers, as it stood at an instant.</summary>
/// <param name="Registered">Residents in the registry on the day.</param>
/// <param name="Gone">Known, and not in the registry any more.</param>
/// <param name="Cards">Cards in residents' hands.</param>
/// <param name="Certificates">By kind and status.</param>
public sealed record TownCount(
    long Registered, long Gone, long Cards, IReadOnlyDictionary<CertificateKind, IReadOnlyDictionary<CertificateStatus, long>> Certificates)
{
    public static TownCount Of(TownReplay replay, DateTimeOffset at)
    {
        var (registered, gone, cards) = (0L, 0L, 0L);
        var certificates = Enum.GetValues<CertificateKind>().ToDictionary(kind => kind, _ => new Dictionary<CertificateStatus, long>());
        foreach (var state in replay.Residents.Select(each => each.State).OfType<Resident.Registered>())
        {
            if (state.Residence.IsHereOn(Jst.DayOf(at)))
                registered++;
            else
                gone++;
            cards += state.Card is Card.InHand ? 1 : 0;
            foreach (var view in state.Certificates.Select(each => CertificateView.Of(each, at)))
                certificates[view.Kind][view.Status] = certificates[view.Kind].GetValueOrDefault(view.Status) + 1;
        }

        return new(registered, gone, cards, certificates.ToDictionary(each => each.Key, each => (IReadOnlyDictionary<CertificateStatus, long>)each.Value));
    }
}
