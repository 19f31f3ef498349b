using System.Text.Json.Serialization;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Bulk;

/// <summary>
/// 一括失効: certificates of many residents to be revoked ex officio, proposed and confirmed as one. It decides nothing about any resident: once
/// confirmed, each line is put to its resident as a proposal and a confirmation, and refused there like any other.
/// </summary>
/// <param name="Id">Chosen by who proposes; the commands of every line follow from it.</param>
/// <param name="Reason">One for all lines.</param>
/// <param name="ProposedBy">A supervisor, with the office acted from.</param>
/// <param name="Sha256">Of the accepted lines as <see cref="BulkLine.ToText"/> writes them, lower-case hexadecimal.</param>
public sealed record BulkRevocation(CommandId Id, ExOfficioReason Reason, Actor ProposedBy, DateTimeOffset ProposedAt, string Sha256)
{
    /// <summary>行数の上限, both rejected and accepted: as many as can be checked while somebody waits for the report.</summary>
    public const int MostLines = 10_000;

    /// <summary>What the second officer made of it; none while it waits.</summary>
    public BulkDecision? Decision { get; init; }

    /// <summary>Last day on which it can be confirmed, inclusive: as long as for a proposal about one resident.</summary>
    [JsonIgnore]
    public DateOnly DueOn => Jst.DayOf(ProposedAt).AddDays(Proposal.DaysToConfirm);

    /// <summary>Whose residents it is about.</summary>
    /// <exception cref="InvalidOperationException">Proposed by somebody without an office, which <see cref="MayPropose"/> refuses.</exception>
    [JsonIgnore]
    public MunicipalityCode Municipality => ProposedBy.Office?.Municipality ?? throw new InvalidOperationException("A bulk revocation without an office.");

    /// <summary>None for a supervisor at an office of the municipality.</summary>
    /// <param name="municipality">That of the actor's office; none when it is not served here.</param>
    public static Refusal? MayPropose(Actor by, Municipality? municipality)
    {
        if (by.Role != Role.Supervisor)
            return Refusals.RoleMayNot();
        return by.Office is { } office && municipality?.Has(office) == true ? null : Refusals.UnknownOffice();
    }

    /// <summary>None for another supervisor of the same municipality, in time.</summary>
    public Refusal? MayConfirm(Actor by, DateOnly today)
    {
        if (MayDecide(by) is { } refusal)
            return refusal;
        if (by.Subject == ProposedBy.Subject)
            return Refusals.SecondOfficerNeeded();
        return DueOn < today ? Refusals.ProposalTooOld(DueOn) : null;
    }

    /// <summary>None for any supervisor of the same municipality: who proposed takes it back, another turns it down.</summary>
    public Refusal? MayWithdraw(Actor by) => MayDecide(by);

    private Refusal? MayDecide(Actor by)
    {
        if (by.Role != Role.Supervisor)
            return Refusals.RoleMayNot();
        if (by.Office?.Municipality != Municipality)
            return Refusals.OtherMunicipality();
        return Decision is null ? null : BulkRefusals.BulkNotWaiting();
    }
}

/// <summary>承認・取下げ of a bulk revocation.</summary>
/// <param name="Confirmed">False when it was taken back or turned down.</param>
public sealed record BulkDecision(bool Confirmed, Actor By, DateTimeOffset At);
