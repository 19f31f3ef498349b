using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Jpki.Counter.Gateway.Procedures;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Polly;
using Polly.Retry;

namespace Jpki.Counter.Gateway.BackOffice;

/// <summary>
/// 業務システムへの接続: the API's one door, over HTTP. A lost answer or a 503 is repeated with the same command id, so nothing is done twice;
/// what stays unreachable becomes an interruption the procedure can continue from.
/// </summary>
/// <param name="http">With the base address and the bearer token.</param>
public sealed class BackOfficeClient(HttpClient http)
{
    private static readonly ResiliencePipeline<HttpResponseMessage> _repeat = new ResiliencePipelineBuilder<HttpResponseMessage>()
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            // Together about six seconds: a restarted silo answers within two.
            MaxRetryAttempts = 5,
            Delay = TimeSpan.FromMilliseconds(200),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                .Handle<HttpRequestException>()
                .Handle<TaskCanceledException>(timeout => timeout.InnerException is TimeoutException)
                .HandleResult(response => response.StatusCode is HttpStatusCode.ServiceUnavailable),
        })
        .Build();

    /// <summary>Sends a command; answers the recorded events, also when it had been done before.</summary>
    public Task<Step<CommandAnswer>> SubmitAsync(ResidentId resident, CommandId id, ResidentCommand command, CancellationToken cancellationToken) =>
        SendAsync<CommandAnswer>(
            () => new HttpRequestMessage(HttpMethod.Post, $"residents/{resident}/commands")
            {
                Content = JsonContent.Create(new CommandEnvelope(id, command), options: Contract.Options),
            },
            cancellationToken);

    public Task<Step<ResidentView>> LookAsync(ResidentId resident, CancellationToken cancellationToken) =>
        SendAsync<ResidentView>(() => new HttpRequestMessage(HttpMethod.Get, $"residents/{resident}"), cancellationToken);

    public Task<Step<IReadOnlyList<Recorded>>> HistoryAsync(ResidentId resident, CancellationToken cancellationToken) =>
        SendAsync<IReadOnlyList<Recorded>>(() => new HttpRequestMessage(HttpMethod.Get, $"residents/{resident}/events"), cancellationToken);

    /// <summary>The issued certificate in DER.</summary>
    public Task<Step<byte[]>> CertificateAsync(ResidentId resident, SerialNumber serial, CancellationToken cancellationToken) =>
        OctetsAsync($"residents/{resident}/certificates/{serial}", cancellationToken);

    /// <summary>The authority's present certificate in DER.</summary>
    public Task<Step<byte[]>> AuthorityCertificateAsync(CertificateKind kind, CancellationToken cancellationToken) =>
        OctetsAsync($"authorities/{kind.PathName()}/certificate", cancellationToken);

    /// <summary>Stores an image under its hash; the same again is the same. What it is, the back office finds out and says.</summary>
    public Task<Step<Evidence>> StoreEvidenceAsync(byte[] content, CancellationToken cancellationToken) => SendAsync<Evidence>(
        () => new HttpRequestMessage(HttpMethod.Put, $"evidence/{Convert.ToHexStringLower(SHA256.HashData(content))}")
        {
            Content = new ByteArrayContent(content),
        },
        cancellationToken);

    /// <summary>Tells what the card carries; the last reading counts.</summary>
    public Task<Step<bool>> ReportReadingAsync(ResidentId resident, CardReading reading, CancellationToken cancellationToken) => SendAsync(
        () => new HttpRequestMessage(HttpMethod.Put, $"residents/{resident}/card-reading")
        {
            Content = JsonContent.Create(reading, options: Contract.Options),
        },
        _ => Task.FromResult(true),
        cancellationToken);

    /// <summary>The inquiry letter of an open agent case, HTML in UTF-8.</summary>
    public Task<Step<byte[]>> InquiryLetterAsync(ResidentId resident, CommandId agentCase, CancellationToken cancellationToken) =>
        OctetsAsync($"residents/{resident}/agent-cases/{agentCase}/letter", cancellationToken);

    /// <summary>The time the back office dates its decisions by.</summary>
    public Task<Step<TownTime>> TimeAsync(CancellationToken cancellationToken) =>
        SendAsync<TownTime>(() => new HttpRequestMessage(HttpMethod.Get, "clock"), cancellationToken);

    /// <summary>What waits for somebody in the clerk's municipality; of one kind, or up to a day, where given.</summary>
    public Task<Step<Worklist>> WorklistAsync(WorkKind? kind, DateOnly? due, CancellationToken cancellationToken)
    {
        string?[] asked =
        [
            kind is { } only ? $"kind={JsonNamingPolicy.CamelCase.ConvertName(only.ToString())}" : null,
            due is { } until ? $"due={until:o}" : null,
        ];
        var path = $"worklist?{string.Join('&', asked.OfType<string>())}";
        return SendAsync<Worklist>(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);
    }

    private Task<Step<byte[]>> OctetsAsync(string path, CancellationToken cancellationToken) => SendAsync(
        () => new HttpRequestMessage(HttpMethod.Get, path),
        async response => await response.Content.ReadAsByteArrayAsync(cancellationToken),
        cancellationToken);

    private Task<Step<T>> SendAsync<T>(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
        where T : class => SendAsync(
            request,
            async response => (await response.Content.ReadFromJsonAsync<T>(Contract.Options, cancellationToken))!,
            cancellationToken);

    private async Task<Step<T>> SendAsync<T>(
        Func<HttpRequestMessage> request, Func<HttpResponseMessage, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _repeat.ExecuteAsync(async token => await http.SendAsync(request(), token), cancellationToken);
            return response.IsSuccessStatusCode ? await read(response) : await ExplainAsync(response, cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return Unreachable();
        }
    }

    private static async Task<Stop> ExplainAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            return Unreachable();
        if (response.StatusCode == HttpStatusCode.Unauthorized)
            return new Stop("not-signed-in", null, "認証の有効期限が切れました。もう一度サインインしてください。", "The sign-in has expired. Sign in again.", false);

        try
        {
            var problem = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
            if (problem?["code"]?.GetValue<string>() is { } code)
                return new Stop(code, problem["rule"]?.GetValue<string>(), Text(problem, "japanese"), Text(problem, "english"), false);
        }
        catch (JsonException)
        {
            // Not a problem document: something other than the back office answered. The message below says so.
        }

        return new Stop(
            "unexpected-answer", null,
            $"業務システムが想定外の応答（{(int)response.StatusCode}）をしました。係員を呼んでください。",
            $"The back office gave an unexpected answer ({(int)response.StatusCode}). Call support.",
            false);
    }

    private static string Text(JsonObject problem, string member) => problem[member]?.GetValue<string>() ?? "";

    private static Stop Unreachable() => new(
        "back-office-unreachable", null,
        "業務システムに接続できません。カードはそのままで、少し待って「続ける」を押してください。二重には処理されません。",
        "The back office does not answer. Leave the card, wait a little and press continue; nothing is done twice.",
        true);
}

/// <param name="Played">A played day, not the real time.</param>
public sealed record TownTime(DateTimeOffset Now, bool Played);
