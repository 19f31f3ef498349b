using System.CommandLine;
using Jpki.Counter.Gateway.Procedures;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Counter.Gateway.Console;

/// <summary>窓口のコマンド: what a clerk can type, each a procedure. Procedures live elsewhere; here is only their spelling.</summary>
public sealed class CounterCommands(Procedures.Counter counter, ConsoleFront front, TextWriter output)
{
    private static readonly Argument<string> _resident = new("resident") { Description = "住民の番号 / the resident's number, e.g. 13207-00000001" };

    private readonly Identification _identification = new(counter.BackOffice);

    /// <summary>All commands of the counter.</summary>
    public IEnumerable<Command> All()
    {
        yield return Readers();
        yield return OfResident("status", "現在の状態 / how things stand", StatusAsync);
        yield return OfResident("history", "記録された出来事 / the recorded events", HistoryAsync);
        yield return HandOver();
        yield return Issue();
        yield return OfResident("face", "券面更新 / update the card's face", (id, token) => new CardFaceProcedure(counter, id).RunAsync(token));
        yield return ByApplicant(
            "release", "一時停止の解除 / release after a loss",
            (id, identified, _, token) => new ReleaseProcedure(counter, id, identified).RunAsync(token));
        yield return EndCard();
        yield return PinReset();
        yield return PinChange();
        yield return OfResident("suspend", "（窓口では不可）一時停止 / suspension, which only the call centre may", SuspendAsync);
        yield return OfResident("check", "カードの動作確認 / check the card", (id, token) => new CardCheckProcedure(counter, id).RunAsync(token));
        foreach (var command in new AgentCommands(counter, front, _resident, _identification).All())
            yield return command;
        foreach (var command in new SupervisionCommands(counter, front, output, _resident).All())
            yield return command;
    }

    private Command Readers()
    {
        var command = new Command("readers", "接続中のリーダ / the readers connected");
        command.SetAction(_ =>
        {
            foreach (var reader in PcSc.Readers.List())
                output.WriteLine($"  {reader}{(reader == counter.Reader ? " *" : "")}");
            return ExitCodes.Completed;
        });
        return command;
    }

    private Command HandOver()
    {
        var without = new Option<CertificateKind[]>("--without")
        {
            Description = "「不要」とされた種類 / kinds not wanted",
            DefaultValueFactory = _ => [],
            AllowMultipleArgumentsPerToken = true,
        };
        return ByApplicant(
            "hand-over", "カードの交付 / hand over a new card",
            (id, identified, parsed, token) => new HandOverProcedure(counter, id, parsed.GetValue(without)!, identified).RunAsync(token),
            without);
    }

    private Command Issue()
    {
        var kinds = new Option<CertificateKind[]>("--kind")
        {
            Description = "電子証明書の種類 / which certificates",
            DefaultValueFactory = _ => [CertificateKind.UserAuthentication, CertificateKind.Signature],
            AllowMultipleArgumentsPerToken = true,
        };
        return ByApplicant(
            "issue", "発行・再発行 / issue or reissue certificates",
            (id, identified, parsed, token) => new IssueProcedure(counter, id, parsed.GetValue(kinds)!, identified).RunAsync(token),
            kinds);
    }

    private Command EndCard()
    {
        var cause = new Option<CardEndCause>("--cause") { Description = "廃止の事由 / why the card ends", Required = true };
        return OfResident(
            "end-card", "カードの廃止・返納 / end a card and its certificates",
            (id, parsed, token) => EndCardAsync(id, parsed.GetValue(cause), token),
            cause);
    }

    private async Task<ProcedureResult> EndCardAsync(ResidentId id, CardEndCause cause, CancellationToken token) =>
        (await counter.BackOffice.SubmitAsync(id, new CommandId(Guid.CreateVersion7()), new Domain.Residents.Procedures.EndCard(cause), token)).Try(out _, out var stop)
            ? new ProcedureResult.Completed("カードを廃止しました。電子証明書は失効しました。", "The card has ended, and its certificates with it.")
            : new ProcedureResult.Stopped(stop);

    private Command PinReset()
    {
        var pins = new Option<PinKind[]>("--pin")
        {
            Description = "再設定する暗証番号 / which PINs to reset",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        return ByApplicant(
            "pin-reset", "暗証番号の再設定 / reset forgotten PINs",
            (id, identified, parsed, token) => new PinResetProcedure(counter, id, parsed.GetValue(pins)!, identified).RunAsync(token),
            pins);
    }

    private Command PinChange()
    {
        var kind = new Option<PinKind>("--pin") { Description = "変更する暗証番号 / which PIN", Required = true };
        var command = new Command("pin-change", "暗証番号の変更 / change a PIN that is known") { kind };
        command.SetAction(async (parsed, token) => front.Conclude(await new PinChangeProcedure(counter, parsed.GetValue(kind)).RunAsync(token)));
        return command;
    }

    // Kept among the commands because clerks are asked for it: the refusal tells which numbers to call (S30).
    private async Task<ProcedureResult> SuspendAsync(ResidentId id, CancellationToken token) =>
        (await counter.BackOffice.SubmitAsync(id, new CommandId(Guid.CreateVersion7()), new Domain.Residents.Procedures.SuspendCertificates(), token)).Try(out _, out var stop)
            ? new ProcedureResult.Completed("一時停止しました。", "Suspended.")
            : new ProcedureResult.Stopped(stop);

    private async Task<ProcedureResult> StatusAsync(ResidentId id, CancellationToken token)
    {
        if (!(await counter.BackOffice.LookAsync(id, token)).Try(out var view, out var stop))
            return new ProcedureResult.Stopped(stop);

        output.WriteLine(Texts.Of(view));
        return new ProcedureResult.Completed($"版 {view.Version}", $"version {view.Version}");
    }

    private async Task<ProcedureResult> HistoryAsync(ResidentId id, CancellationToken token)
    {
        if (!(await counter.BackOffice.HistoryAsync(id, token)).Try(out var history, out var stop))
            return new ProcedureResult.Stopped(stop);

        foreach (var recorded in history)
            output.WriteLine(Texts.Of(recorded));
        return new ProcedureResult.Completed($"{history.Count} 件", $"{history.Count} events");
    }

    private Command OfResident(string name, string description, Func<ResidentId, CancellationToken, Task<ProcedureResult>> run) =>
        OfResident(name, description, (id, _, token) => run(id, token));

    private Command OfResident(
        string name, string description, Func<ResidentId, ParseResult, CancellationToken, Task<ProcedureResult>> run, params Option[] options)
    {
        var command = new Command(name, description) { _resident };
        foreach (var option in options)
            command.Add(option);
        command.SetAction(async (parsed, token) => front.Conclude(
            ResidentNumber.Read(parsed, _resident).Try(out var id, out var stop) ? await run(id, parsed, token) : new ProcedureResult.Stopped(stop)));
        return command;
    }

    /// <summary>A procedure for which who comes is identified first; the copies of their document are stored before anything is asked for.</summary>
    private Command ByApplicant(
        string name,
        string description,
        Func<ResidentId, IdentityCheck, ParseResult, CancellationToken, Task<ProcedureResult>> run,
        params Option[] options)
    {
        var command = new Command(name, description) { _resident };
        foreach (var option in Identification.OfApplicant.Concat(options))
            command.Add(option);
        command.SetAction(async (parsed, token) => front.Conclude(
            ResidentNumber.Read(parsed, _resident).Try(out var id, out var stop)
                && (await _identification.OfApplicantAsync(parsed, token)).Try(out var identified, out stop)
                ? await run(id, identified, parsed, token)
                : new ProcedureResult.Stopped(stop)));
        return command;
    }
}
