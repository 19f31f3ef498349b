using Jpki.Domain;

namespace Jpki.Pki.Profiles;

/// <summary>What became of an order.</summary>
public abstract record IssueResult;

/// <param name="Certificate">DER, checked against the profile.</param>
public sealed record Issued(Octets Certificate) : IssueResult;

/// <summary>Nothing left the authority.</summary>
/// <param name="Findings">At least one.</param>
public sealed record IssueRejected(IReadOnlyList<LintFinding> Findings) : IssueResult;

/// <summary>One departure from the profile. Says which field, never what it holds: that may be personal data.</summary>
/// <param name="Code">Stable, for logs and tests.</param>
/// <param name="Detail">For the operator.</param>
public sealed record LintFinding(string Code, string Detail);
