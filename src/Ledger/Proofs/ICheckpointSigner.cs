using Jpki.Audit.Notes;
using Jpki.Domain.Identifiers;

namespace Jpki.Ledger.Proofs;

/// <summary>Holds the keys that sign checkpoints. Whoever keeps the ledger supplies it.</summary>
public interface ICheckpointSigner
{
    /// <summary>Whose trees are signed here.</summary>
    IReadOnlyCollection<MunicipalityCode> Municipalities { get; }

    /// <summary>First line of the municipality's checkpoints, and name of its key.</summary>
    string OriginOf(MunicipalityCode municipality);

    /// <summary>Signs. It is called only for trees that go on from what was signed before.</summary>
    SignedNote Sign(MunicipalityCode municipality, Checkpoint checkpoint);
}
