namespace Jpki.Audit.Verification;

/// <summary>Where in the record something was found; what is not known of it is none.</summary>
/// <param name="Line">Of the export, from 1.</param>
/// <param name="Index">Of the leaf, from 0.</param>
/// <param name="Sequence">Of the ledger.</param>
/// <param name="Stream">Key of the stream.</param>
/// <param name="Version">Within the stream.</param>
/// <param name="Size">Of the tree, for checkpoints.</param>
public sealed record Place(
    long? Line = null, long? Index = null, long? Sequence = null, string? Stream = null, long? Version = null, long? Size = null)
{
    /// <summary>What concerns the record as a whole.</summary>
    public static readonly Place Nowhere = new();
}

/// <summary>検出事項: what a verification found, as a value. Contains no personal data but the resident's key.</summary>
/// <param name="Code">Stable for programs, e.g. <c>LeafDiffers</c>.</param>
/// <param name="IsFault">The record does not prove itself; otherwise a remark.</param>
public sealed record Finding(string Code, bool IsFault, Place Place, string Japanese, string English);
