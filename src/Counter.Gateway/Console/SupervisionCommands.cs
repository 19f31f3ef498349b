using System.CommandLine;
using Jpki.Counter.Gateway.Procedures;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Counter.Gateway.Console;

/// <summary>例外と未了事務のコマンド: what is done in the office behind the counter, with no card.</summary>
public sealed class SupervisionCommands(Procedures.Counter counter, ConsoleFront front, TextWriter output, Argument<string> resident)
{
    private readonly Argument<string> _proposal = new("proposal") { Description = "提案の番号 / the proposal's id, as in worklist" };

    public IEnumerable<Command> All()
    {
        yield return Worklist();
        yield return ProposeRevocation();
        yield return ProposeHours();
        yield return ProposeWard();
        yield return OfProposal("confirm", "例外の承認 / confirm another officer's proposal", id => new ConfirmProposal(id));
        yield return OfProposal("withdraw", "例外の提案の取下げ / take back or turn down a proposal", id => new WithdrawProposal(id));
    }

    private Command Worklist()
    {
        var kind = new Option<WorkKind?>("--kind") { Description = "種類 / only of this kind: Application, RefusedCertificate, PinReset, Proposal or AgentCase" };
        var due = new Option<DateOnly?>("--due") { Description = "期限 / only due up to this day" };
        var command = new Command("worklist", "未了事務の一覧 / what waits for somebody") { kind, due };
        command.SetAction(async (parsed, token) =>
        {
            if (!(await counter.BackOffice.WorklistAsync(parsed.GetValue(kind), parsed.GetValue(due), token)).Try(out var list, out var stop))
                return front.Conclude(new ProcedureResult.Stopped(stop));

            foreach (var item in list.Items)
                output.WriteLine(Texts.Of(item));
            var more = list.More ? "+" : "";
            return front.Conclude(new ProcedureResult.Completed($"{list.Items.Count}{more} 件", $"{list.Items.Count}{more} items"));
        });
        return command;
    }

    private Command ProposeRevocation()
    {
        var kinds = new Option<CertificateKind[]>("--kind")
        {
            Description = "種類 / which certificates",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var reason = Reason<ExOfficioReason>();
        return Propose(
            "propose-revocation", "職権による失効の提案 / propose an ex-officio revocation",
            parsed => new ProposedException.ExOfficioRevocation(parsed.GetValue(kinds)!, parsed.GetValue(reason)),
            kinds, reason);
    }

    private Command ProposeHours()
    {
        var on = new Option<DateOnly>("--on") { Description = "日 / the day", Required = true };
        var reason = Reason<HoursReason>();
        return Propose(
            "propose-hours", "受付時間の例外の提案 / propose to serve outside the reception hours",
            parsed => new ProposedException.ReceptionHours(parsed.GetValue(on), parsed.GetValue(reason)),
            on, reason);
    }

    private Command ProposeWard()
    {
        var reason = Reason<WardReason>();
        return Propose(
            "propose-ward", "成年被後見人の例外の提案 / propose a signature certificate for an adult ward",
            parsed => new ProposedException.Ward(parsed.GetValue(reason)),
            reason);
    }

    private static Option<T> Reason<T>()
        where T : struct, Enum => new("--reason") { Description = "理由 / reason: " + string.Join(", ", Enum.GetNames<T>()), Required = true };

    private Command Propose(string name, string description, Func<ParseResult, ProposedException> what, params Option[] options)
    {
        var command = new Command(name, description) { resident };
        foreach (var option in options)
            command.Add(option);
        command.SetAction(async (parsed, token) => front.Conclude(await SubmitAsync(
            parsed,
            new ProposeException(what(parsed)),
            "提案しました。別の管理職員が承認します。",
            "Proposed. Another officer, a supervisor, confirms.",
            token)));
        return command;
    }

    private Command OfProposal(string name, string description, Func<CommandId, ResidentCommand> make)
    {
        var command = new Command(name, description) { resident, _proposal };
        command.SetAction(async (parsed, token) => front.Conclude(CommandId.TryParse(parsed.GetValue(_proposal), null, out var id)
            ? await SubmitAsync(parsed, make(id), "記録しました。", "Recorded.", token)
            : new ProcedureResult.Stopped(Stop.From(Refusals.NoSuchProposal()))));
        return command;
    }

    private async Task<ProcedureResult> SubmitAsync(ParseResult parsed, ResidentCommand command, string japanese, string english, CancellationToken token) =>
        ResidentNumber.Read(parsed, resident).Try(out var id, out var stop)
            && (await counter.BackOffice.SubmitAsync(id, new CommandId(Guid.CreateVersion7()), command, token)).Try(out _, out stop)
            ? new ProcedureResult.Completed(japanese, english)
            : new ProcedureResult.Stopped(stop);
}
