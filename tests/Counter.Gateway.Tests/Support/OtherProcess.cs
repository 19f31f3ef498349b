using System.Diagnostics;
using Jpki.VirtualCard.Readers;

namespace Jpki.Counter.Gateway.Tests.Support;

/// <summary>Another program with a card in its hands: OpenSC's explorer, which keeps the card while it waits for a command.</summary>
internal sealed class OtherProcess : IDisposable
{
    private readonly Process _process;

    private OtherProcess(Process process) => _process = process;

    public static OtherProcess Start(string socketPath, string reader)
    {
        var start = new ProcessStartInfo("opensc-explorer") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("--reader");
        start.ArgumentList.Add(reader);
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
