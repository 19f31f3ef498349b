using System.Diagnostics;
using Jpki.VirtualCard.Readers;

namespace Jpki.Counter.Gateway.Tests.Support;

/// <summary>Another program with a card in its hands: OpenSC's command line tool.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    private OtherProcess(Process process) => _process = process;

    public static OtherProcess Holding(string socketPath, string reader)
    {
        var start = new ProcessStartInfo("opensc-tool") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "--reader", reader, "--name" })
            start.ArgumentList.Add(argument);
        start.Environment[PrivatePcscd.SocketVariable] = socketPath;
        return new OtherProcess(Process.Start(start)!);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
