using System.Collections.Immutable;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Domain.Statistics;

/// <summary>
/// 集計用の住民情報: the little that must be known of a resident's past to count the next event: what is on the card, and what is under way. A fold of
/// the resident's own events and nothing else, so counting on from it gives what counting from the beginning gives.
/// </summary>
public sealed record ResidentFacts
{
    public static readonly ResidentFacts None = new();

    /// <summary>None before the registration.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Certificates on the card and not revoked, one of a kind at most; they may be past their last day, or on hold.</summary>
    public ImmutableList<HeldCertificate> Held { get; init; } = [];

    /// <summary>What is under way.</summary>
    public PendingFacts Pending { get; init; } = PendingFacts.None;
}

/// <param name="LastDay">Last day of validity, inclusive.</param>
public sealed record HeldCertificate(CertificateKind Kind, SerialNumber Serial, DateOnly LastDay);

/// <summary>What is under way of a resident; mostly nothing.</summary>
public sealed record PendingFacts
{
    public static readonly PendingFacts None = new();

    public PendingApplication? Application { get; init; }

    /// <summary>Ordered, and not known to be on the card.</summary>
    public ImmutableList<HeldCertificate> Writings { get; init; } = [];

    /// <summary>Who came for the PIN reset that was approved; none when there is none.</summary>
    public string? ResetApplicant { get; init; }

    /// <summary>The errand of the agent case; none when there is none.</summary>
    public string? Errand { get; init; }

    public bool IsEmpty => Application is null && Writings.IsEmpty && ResetApplicant is null && Errand is null;
}

/// <param name="Procedure">The command that applied.</param>
/// <param name="Office">Where; empty when it was no office.</param>
/// <param name="Kinds">Those still to be confirmed.</param>
public sealed record PendingApplication(
    CommandId Id, DateTimeOffset At, string Procedure, string Office, string Applicant, ImmutableList<PendingKind> Kinds);

/// <param name="Fee">One of <see cref="FeeOutcome"/>; empty until it is settled.</param>
/// <param name="WasOrdered">A certificate of the kind was ordered.</param>
/// <param name="WasTorn">What was ordered last could not be written any more.</param>
public sealed record PendingKind(CertificateKind Kind, ApplicationReason Reason, string Fee = "", bool WasOrdered = false, bool WasTorn = false);
