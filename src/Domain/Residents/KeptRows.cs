using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents;

/// <summary>
/// What is kept beside the events, in the same transaction, so that it is found without reading streams and never disagrees with them.
/// </summary>
/// <param name="Work">The resident's open work after the events; none when they leave it as it was.</param>
/// <param name="Certificates">What they change in the register of issued certificates.</param>
public sealed record KeptRows(OpenWork? Work, IReadOnlyList<CertificateChange> Certificates)
{
    /// <summary>Nothing changes but the stream.</summary>
    public static readonly KeptRows AsBefore = new(null, []);

    public static KeptRows ChangedBy(ResidentId id, Resident before, IReadOnlyList<ResidentEvent> events, Provenance provenance) => new(
        OpenWork.ChangedBy(id, before, events, provenance), CertificateChanges.ChangedBy(id, before, events, provenance));
}
