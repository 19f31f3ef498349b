using System.Net;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Commands;

/// <summary>Callers of the HTTP API, each with a connection and a token, who live through <see cref="Lives"/>.</summary>
internal sealed class ApiCallers : ICallers
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly PlainLine[] _lines;
    private readonly byte[][] _buffers;
    private readonly ReadyCommand[] _commands;

    private ApiCallers(PlainLine[] lines, ReadyCommand[] commands, Town town)
    {
        (_lines, _commands) = (lines, commands);
        _buffers = [.. lines.Select(_ => new byte[ReadyCommand.Longest])];
        Lives = new(lines.Length, town.NewResident, SendAsync);
    }

    public Lives Lives { get; }

    public static async Task<ApiCallers> ConnectAsync(Stage stage, int callers, CancellationToken cancellation)
    {
        var silo = await stage.SiloAsync(cancellation);
        var token = silo.Token("registry");
        var lines = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => PlainLine.ConnectAsync(silo.Address, cancellation)));
        return new(lines, [.. Lives.Commands.Select(each => new ReadyCommand(each, silo.Address, token))], await stage.TownAsync(cancellation));
    }

    public void Dispose()
    {
        foreach (var line in _lines)
            line.Dispose();
    }

    private async ValueTask SendAsync(int caller, LifeStep step, CancellationToken cancellation)
    {
        var request = _commands[step.Index].For(step.Resident, step.Command, _buffers[caller]);
        for (var attempt = 1; ; attempt++)
        {
            var status = (HttpStatusCode)await _lines[caller].AskAsync(request, cancellation);
            if (status == HttpStatusCode.OK)
                return;
            // As any client of the API does: the same command id again, which is done once.
            if (status != HttpStatusCode.ServiceUnavailable || attempt == Attempts)
                throw new InvalidOperationException($"A command was answered with {(int)status}.");
            await Task.Delay(Pause, cancellation);
        }
    }
}
