using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;

namespace Jpki.TownHall.Parts;

/// <summary>Somebody at the API with a token of their own: the registry, the call centre, an auditor, the player's hand on the clock.</summary>
internal sealed class BackOffice : IDisposable
{
    private readonly HttpClient _http;

    public BackOffice(Uri address, string token) => _http = new HttpClient
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromSeconds(15),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>Sends a command.</summary>
    /// <returns>The events, or the code of the refusal.</returns>
    public async Task<(IReadOnlyList<ResidentEvent> Events, string? Refusal)> SubmitAsync(
        ResidentId resident, ResidentCommand command, CancellationToken cancellationToken)
    {
        var envelope = new CommandEnvelope(new CommandId(Guid.CreateVersion7()), command);
        using var response = await _http.PostAsJsonAsync($"residents/{resident}/commands", envelope, Contract.Options, cancellationToken);
        if (response.StatusCode == HttpStatusCode.OK)
            return ([.. (await response.Content.ReadFromJsonAsync<CommandAnswer>(Contract.Options, cancellationToken))!.Events.Select(each => each.Event)], null);

        var problem = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        return ([], problem?["code"]?.GetValue<string>() ?? response.StatusCode.ToString());
    }

    public async Task<ResidentView> LookAsync(ResidentId resident, CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<ResidentView>($"residents/{resident}", Contract.Options, cancellationToken))!;

    public async Task<IReadOnlyList<Recorded>> HistoryAsync(ResidentId resident, CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync<IReadOnlyList<Recorded>>($"residents/{resident}/events", Contract.Options, cancellationToken))!;

    /// <summary>The authority's certificate in DER; kind as in the path, <c>signature</c> or <c>user-authentication</c>.</summary>
    public Task<byte[]> AuthorityAsync(string kind, CancellationToken cancellationToken) =>
        _http.GetByteArrayAsync($"authorities/{kind}/certificate", cancellationToken);

    public async Task<DateTimeOffset> MoveClockAsync(DateTimeOffset to, CancellationToken cancellationToken)
    {
        using var response = await _http.PutAsJsonAsync("clock", new JsonObject { ["to"] = to.ToString("O") }, cancellationToken);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken))!["now"]!.GetValue<DateTimeOffset>();
    }

    public void Dispose() => _http.Dispose();
}
