namespace Jpki.Integration.Tests.Support;

/// <summary>When, in the life of one request, an accident happens.</summary>
public enum Moment
{
    /// <summary>Before the request leaves the counter.</summary>
    BeforeItIsSent,

    /// <summary>The answer is on its way, so what it reports is durable; the counter never hears it.</summary>
    BeforeItIsHeard,
}

/// <summary>A line to the back office on which an accident happens once, at the first request that contains a text.</summary>
internal sealed class AccidentalLine(string text, Moment moment, Func<Task> accident) : DelegatingHandler(new SocketsHttpHandler())
{
    private int _happened;

    public bool HasHappened => _happened > 0;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
        if (!body.Contains(text, StringComparison.Ordinal) || Interlocked.Exchange(ref _happened, 1) > 0)
            return await base.SendAsync(request, cancellationToken);

        if (moment == Moment.BeforeItIsSent)
        {
            await accident();
            return await base.SendAsync(request, cancellationToken);
        }

        using (var answer = await base.SendAsync(request, cancellationToken))
            answer.EnsureSuccessStatusCode();
        await accident();
        throw new HttpRequestException("The answer was lost.");
    }
}
