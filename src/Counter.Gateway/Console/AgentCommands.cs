using System.CommandLine;
using Jpki.Counter.Gateway.Procedures;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Counter.Gateway.Console;

/// <summary>代理人手続きのコマンド: an appointed agent's case up to the reply (S22). None of them takes a card.</summary>
internal sealed class AgentCommands(Procedures.Counter counter, ConsoleFront front, Argument<string> resident, Identification identification)
{
    private static readonly Option<string> _errand = new Option<string>("--for") { Description = "委任の内容 / what the agent is to do", Required = true }
        .AcceptOnlyFromAmong("issue", "pin-reset", "release", "hand-over", "revoke");

    private static readonly Option<CertificateKind[]> _kinds = Many<CertificateKind>("--kind", "電子証明書の種類 / which certificates, to issue or revoke");

    private static readonly Option<PinKind[]> _pins = Many<PinKind>("--pin", "暗証番号の種類 / which PINs, to reset");

    private static readonly Option<FileInfo> _out = new("--out") { Description = "照会書の保存先 / where the letter is written, HTML for A4", Required = true };

    private static readonly Option<bool> _consent = new("--consent") { Description = "本人の署名による同意がある / the holder's signed consent is there" };

    private static readonly Option<bool> _sealed = new("--sealed") { Description = "封が開いていない / the seal was unbroken" };

    public IEnumerable<Command> All()
    {
        yield return Of("agent-open", "代理人手続きの受付 / open an agent's case", OpenAsync, [_errand, _kinds, _pins, .. Identification.OfDocument]);
        yield return Of("agent-letter", "照会書兼回答書の作成・発送 / write the inquiry letter and record that it is posted", PostAsync, [_out]);
        yield return Of("agent-reply", "回答書の受領 / accept the sealed reply", ReplyAsync, [_consent, _sealed, .. Identification.OfDocument]);
        yield return Of("agent-close", "代理人手続きの取下げ / close the case", CloseAsync, []);
    }

    private async Task<ProcedureResult> OpenAsync(ResidentId id, ParseResult parsed, CancellationToken token)
    {
        if (!(await identification.OfDocumentAsync(parsed, token)).Try(out var agent, out var stop))
            return new ProcedureResult.Stopped(stop);

        var agentCase = new CommandId(Guid.CreateVersion7());
        var command = new OpenAgentCase(Errand(parsed), agent.Document, agent.Images);
        return await DoAsync(
            id, agentCase, command, $"代理人手続きを受け付けました。受付番号 {agentCase}", $"The case is open: agent:{agentCase}", token);
    }

    /// <summary>The letter is on the disk before it is recorded as sent, so that what is recorded can be posted.</summary>
    private async Task<ProcedureResult> PostAsync(ResidentId id, ParseResult parsed, CancellationToken token)
    {
        if (!(await CaseAsync(id, token)).Try(out var found, out var stop)
            || !(await counter.BackOffice.InquiryLetterAsync(id, found.Id, token)).Try(out var letter, out stop))
            return new ProcedureResult.Stopped(stop);

        var file = parsed.GetValue(_out)!;
        await File.WriteAllBytesAsync(file.FullName, letter, token);
        if (found.Stage != AgentCaseStage.Opened)
            return new ProcedureResult.Completed($"照会書を {file.Name} に書きました。発送は登録済みです。", $"The letter is in {file.Name}; its posting was recorded before.");

        var posting = CommandId.Derived("send-inquiry-letter", found.Id.ToString());
        return await DoAsync(
            id, posting, new SendInquiryLetter(found.Id), $"照会書を {file.Name} に書きました。登録住所へ郵送してください。",
            $"The letter is in {file.Name}. Post it to the registered address.", token);
    }

    private async Task<ProcedureResult> ReplyAsync(ResidentId id, ParseResult parsed, CancellationToken token)
    {
        if (!(await CaseAsync(id, token)).Try(out var found, out var stop)
            || !(await identification.OfDocumentAsync(parsed, token)).Try(out var agent, out stop))
            return new ProcedureResult.Stopped(stop);

        var command = new AcceptSealedReply(found.Id, parsed.GetValue(_consent), parsed.GetValue(_sealed), agent.Document, agent.Images);
        return await DoAsync(
            id, new CommandId(Guid.CreateVersion7()), command,
            "回答書を受け付けました。続けて手続きを行ってください。", $"The reply is accepted. Go on with --applicant agent:{found.Id}", token);
    }

    private async Task<ProcedureResult> CloseAsync(ResidentId id, ParseResult parsed, CancellationToken token) =>
        (await CaseAsync(id, token)).Try(out var found, out var stop)
            ? await DoAsync(id, new CommandId(Guid.CreateVersion7()), new CloseAgentCase(found.Id), "代理人手続きを取り下げました。", "The case is closed.", token)
            : new ProcedureResult.Stopped(stop);

    private async Task<Step<AgentCaseView>> CaseAsync(ResidentId id, CancellationToken token)
    {
        if (!(await counter.BackOffice.LookAsync(id, token)).Try(out var view, out var stop))
            return stop;
        return view.AgentCase is { } found ? found : Stop.From(Refusals.NoSuchAgentCase());
    }

    private async Task<ProcedureResult> DoAsync(
        ResidentId resident, CommandId id, ResidentCommand command, string japanese, string english, CancellationToken token) =>
        (await counter.BackOffice.SubmitAsync(resident, id, command, token)).Try(out _, out var stop)
            ? new ProcedureResult.Completed(japanese, english)
            : new ProcedureResult.Stopped(stop);

    private static AgentErrand Errand(ParseResult parsed) => parsed.GetValue(_errand) switch
    {
        "issue" => new AgentErrand.Issue(parsed.GetValue(_kinds)!),
        "pin-reset" => new AgentErrand.ResetPins(parsed.GetValue(_pins)!),
        "release" => new AgentErrand.Release(),
        "hand-over" => new AgentErrand.ReceiveCard(),
        "revoke" => new AgentErrand.Revoke(parsed.GetValue(_kinds)!),
        var other => throw new InvalidOperationException($"--for takes no '{other}'."),
    };

    private static Option<T[]> Many<T>(string name, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };

    private Command Of(
        string name, string description, Func<ResidentId, ParseResult, CancellationToken, Task<ProcedureResult>> run, IEnumerable<Option> options)
    {
        var command = new Command(name, description) { resident };
        foreach (var option in options)
            command.Add(option);
        command.SetAction(async (parsed, token) => front.Conclude(
            ResidentNumber.Read(parsed, resident).Try(out var id, out var stop) ? await run(id, parsed, token) : new ProcedureResult.Stopped(stop)));
        return command;
    }
}
