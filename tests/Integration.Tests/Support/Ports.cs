using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Support;

internal static class Ports
{
    private static readonly Lock _gate = new();
    private static int _next = 12000 + (Environment.ProcessId % 400 * 40);

    /// <summary>Ports in a row that nobody else in this process gets, and hardly anybody in another: each begins elsewhere.</summary>
    public static int Take(int count)
    {
        lock (_gate)
        {
            var first = PrivatePcscd.FindFreePorts(count, _next);
            _next = first + count;
            return first;
        }
    }
}
