using Jpki.VirtualCard.Readers;

namespace Jpki.VirtualCard.Tests.Support;

internal static class TestPorts
{
    private static readonly Lock Gate = new();
    private static int _next = 20000 + (Environment.ProcessId % 500 * 20);

    /// <summary>Ports in a row that nobody else in this process gets, and hardly anybody in another: each begins elsewhere.</summary>
    public static int Take(int count)
    {
        lock (Gate)
        {
            var first = PrivatePcscd.FindFreePorts(count, _next);
            _next = first + count;
            return first;
        }
    }
}
