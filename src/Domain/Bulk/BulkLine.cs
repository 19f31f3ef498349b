using System.Globalization;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Domain.Bulk;

/// <summary>一括失効の1行: one certificate of one resident.</summary>
/// <param name="Number">As counted in the file.</param>
public sealed record BulkLine(int Number, ResidentId Resident, SerialNumber Serial)
{
    /// <summary>The header of <see cref="ToText"/>'s columns.</summary>
    public const string Columns = "resident,serial\n";

    /// <summary>CSV, ended by LF.</summary>
    public string ToText() => $"{Resident},{Serial}\n";

    /// <summary>What who proposed the whole proposes to this resident.</summary>
    public CommandEnvelope ToProposal(BulkRevocation bulk) =>
        new(Id("bulk-proposal", bulk), new ProposeException(new ProposedException.ExOfficioRevocationBySerial(Serial, bulk.Reason)));

    /// <summary>What who confirmed the whole confirms to this resident.</summary>
    public CommandEnvelope ToConfirmation(BulkRevocation bulk) =>
        new(Id("bulk-confirmation", bulk), new ConfirmProposal(Id("bulk-proposal", bulk)));

    /// <summary>Takes the proposal back where it turns out that it can't be confirmed, so that it does not wait with this resident.</summary>
    public CommandEnvelope ToWithdrawal(BulkRevocation bulk) =>
        new(Id("bulk-withdrawal", bulk), new WithdrawProposal(Id("bulk-proposal", bulk)));

    private CommandId Id(string what, BulkRevocation bulk) =>
        CommandId.Derived(what, bulk.Id.ToString(), Number.ToString(CultureInfo.InvariantCulture));
}

/// <summary>一括失効の1行の結果</summary>
public enum BulkOutcome
{
    /// <summary>処理待ち: accepted; waits for the second officer, or for its turn.</summary>
    Waiting,

    /// <summary>却下: refused as it was proposed; nothing will be done.</summary>
    Rejected,

    /// <summary>失効済: done by both officers.</summary>
    Done,

    /// <summary>不受理: accepted at first, and refused as it was carried out.</summary>
    Failed,
}

/// <summary>A line with what became of it.</summary>
/// <param name="Number">As counted in the file.</param>
/// <param name="Line">None of a line that could not be read.</param>
/// <param name="Why">Of a rejected or failed line.</param>
public sealed record BulkLineState(int Number, BulkLine? Line, BulkOutcome Outcome, Refusal? Why = null);
