using System.Text;

namespace Jpki.Silo.Tests.Registry;

/// <summary>Registrations without end, or of a certain number, one a read.</summary>
internal sealed class Endless(int count = int.MaxValue, bool breaks = false) : MemoryStream
{
    private int _next;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        if (_next == count)
            return breaks ? throw new IOException("The wire broke.") : 0;

        _next++;
        return Encoding.UTF8.GetBytes($"{Lines.Registered(_next % 1_000_000, _next)}\n", buffer.Span);
    }
}
