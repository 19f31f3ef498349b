using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Silo.Reconciliation;

/// <summary>突合の相手: what is compared with the events, which are what is true.</summary>
public enum ComparedWith
{
    /// <summary>The register of issued certificates, from which lists and OCSP are made.</summary>
    Register,

    /// <summary>The published revocation lists: the full one with its delta.</summary>
    RevocationList,

    /// <summary>What the OCSP responder answers over HTTP.</summary>
    Ocsp,

    /// <summary>The card, as last read at a counter.</summary>
    Card,
}

/// <summary>不一致: one thing that is not as the events say. No personal data.</summary>
/// <param name="Serial">The certificate, where one can be named.</param>
/// <param name="Expected">By the events.</param>
public sealed record Difference(ResidentId Resident, ComparedWith With, CertificateKind Kind, SerialNumber? Serial, string Expected, string Found);

/// <summary>A line of the report, told apart by the member that is there.</summary>
/// <param name="Progress">Residents looked at so far.</param>
/// <param name="Summary">The last line of a report that came to its end.</param>
public sealed record ReconciliationLine(long? Progress = null, Difference? Difference = null, ReconciliationSummary? Summary = null);

/// <param name="Certificates">Issued and not expired.</param>
/// <param name="Cards">Read at a counter at least once.</param>
public sealed record ReconciliationSummary(long Residents, long Certificates, long Cards, long Differences);

/// <summary>突合の範囲</summary>
/// <param name="Resident">Only this one.</param>
/// <param name="Office">Only who got their present card there.</param>
public sealed record ReconciliationScope(ResidentId? Resident, OfficeCode? Office);
