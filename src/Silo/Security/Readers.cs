using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Silo.Security;

/// <summary>閲覧の権限: who may read what. Staff of a municipality see its residents only.</summary>
public static class Readers
{
    /// <summary>The state without the four attributes; the call centre needs it to tell a caller whether a suspension took.</summary>
    public static bool MaySeeState(Actor? actor, ResidentId resident) =>
        IsStaffOf(actor, resident) || actor?.Role is Role.CallCentre or Role.Auditor;

    /// <summary>The four attributes, e.g. to write them to the card's face.</summary>
    public static bool MaySeeAttributes(Actor? actor, ResidentId resident) => IsStaffOf(actor, resident);

    /// <summary>The events and certificates as recorded.</summary>
    public static bool MaySeeHistory(Actor? actor, ResidentId resident) => IsStaffOf(actor, resident) || actor?.Role is Role.Auditor;

    /// <summary>What waits: staff see their own municipality's, auditors everybody's.</summary>
    public static bool MaySeeWorklist(Actor actor) =>
        actor is { Role: Role.Clerk or Role.Supervisor, Office: not null } or { Role: Role.Auditor };

    /// <summary>Whether images may be stored: by who copies documents at a counter.</summary>
    public static bool MayStoreEvidence(Actor? actor) => actor is { Role: Role.Clerk or Role.Supervisor, Office: not null };

    /// <summary>Copies of identity documents: a supervisor's own municipality's, and an auditor's all. A clerk has seen the document itself.</summary>
    public static bool MaySeeEvidence(Actor? actor) => actor is { Role: Role.Supervisor, Office: not null } or { Role: Role.Auditor };

    /// <summary>Statistics and reports, which know residents by their keys only: a supervisor's own municipality's, others all.</summary>
    public static bool MaySeeStatistics(Actor actor) =>
        actor is { Role: Role.Supervisor, Office: not null } or { Role: Role.Statistics or Role.Auditor };

    private static bool IsStaffOf(Actor? actor, ResidentId resident) =>
        actor is { Role: Role.Clerk or Role.Supervisor, Office: { } office } && office.Municipality == resident.Municipality;
}
