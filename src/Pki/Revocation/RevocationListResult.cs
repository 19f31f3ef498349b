using Jpki.Domain;
using Jpki.Pki.Profiles;

namespace Jpki.Pki.Revocation;

/// <summary>What became of an order for a list.</summary>
public abstract record RevocationListResult;

/// <param name="File">The finished list, DER, read back and found sound; on disk, not only in a cache.</param>
/// <param name="Sha256">Of the file.</param>
/// <param name="Length">Of the file, octets.</param>
/// <param name="Entries">How many.</param>
public sealed record RevocationListBuilt(string File, Octets Sha256, long Length, long Entries) : RevocationListResult;

/// <summary>Nothing left the authority, and no file stayed.</summary>
/// <param name="Findings">At least one.</param>
public sealed record RevocationListRejected(IReadOnlyList<LintFinding> Findings) : RevocationListResult;
