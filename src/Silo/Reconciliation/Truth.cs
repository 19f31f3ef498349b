using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Ledger;

namespace Jpki.Silo.Reconciliation;

/// <summary>正: what a resident's events say that everything else must say too.</summary>
/// <param name="Certificates">Every certificate ever issued, with its status.</param>
/// <param name="Office">Where the present card was handed over; none without a card.</param>
internal sealed record Truth(ResidentId Id, IReadOnlyList<RegisteredCertificate> Certificates, OfficeCode? Office, IReadOnlyList<Recorded> History)
{
    public static Truth Of(ResidentId resident, IReadOnlyList<Recorded> history)
    {
        var certificates = new Dictionary<SerialNumber, RegisteredCertificate>();
        Resident state = Resident.Unknown.Instance;
        foreach (var recorded in history)
        {
            foreach (var change in CertificateChanges.ChangedBy(resident, state, [recorded.Event], recorded.Provenance))
                Apply(certificates, change);
            state = Resident.Evolve(state, recorded.Event, recorded.Provenance);
        }

        var office = history.LastOrDefault(each => each.Event is CardHandedOver)?.Provenance.By.Office;
        return new(resident, [.. certificates.Values], office, history);
    }

    /// <summary>
    /// What the card must have carried at an instant: the last certificate of each kind that was read back from this card. One written later is
    /// none of that reading's business.
    /// </summary>
    public IEnumerable<(CertificateKind Kind, SerialNumber Serial, string Sha256)> OnCard(KeptReading reading) =>
        from recorded in History
        where recorded.Provenance.At <= reading.ReadAt
        let confirmed = recorded.Event as CertificateConfirmed
        where confirmed is not null && confirmed.Card == reading.Reading.Card
        group confirmed by confirmed.Kind into ofKind
        let last = ofKind.Last()
        let issued = History.Select(each => each.Event).OfType<CertificateIssued>().First(each => each.Serial == last.Serial)
        select (last.Kind, last.Serial, issued.Sha256);

    private static void Apply(Dictionary<SerialNumber, RegisteredCertificate> certificates, CertificateChange change) => certificates[change.Serial] = change switch
    {
        CertificateChange.Entered entered => entered.Certificate,
        CertificateChange.StatusChanged changed => certificates[changed.Serial] with { Status = changed.Status },
        _ => throw new InvalidOperationException("A certificate is entered, or its status changes."),
    };
}
