using System.Runtime.InteropServices;

namespace Jpki.Counter.Gateway.PcSc;

/// <summary>An unmanaged array of <c>SCARD_READERSTATE</c>, laid out for the system we run on.</summary>
/// <remarks>
/// Name pointer, user pointer, three <c>DWORD</c> (known state, state now, ATR length) and the ATR: 80 bytes with 33 bytes of ATR in
/// pcsc-lite on 64-bit Linux, 64 bytes with 36 on 64-bit Windows. Laid out by hand because no one C# structure is both.
/// </remarks>
internal sealed unsafe class ReaderStateArray : IDisposable
{
    private static readonly int AtrCapacity = OperatingSystem.IsWindows() ? 36 : 33;
    private static readonly int WordsAt = 2 * sizeof(nint);
    private static readonly int AtrAt = WordsAt + (3 * sizeof(CULong));

    private readonly byte* _memory;
    private readonly int _count;

    public ReaderStateArray(IReadOnlyList<string> names)
    {
        _count = names.Count;
        _memory = (byte*)NativeMemory.AllocZeroed((nuint)_count, (nuint)Stride);
        for (var i = 0; i < _count; i++)
            *(nint*)(_memory + (i * Stride)) = Marshal.StringToCoTaskMemUTF8(names[i]);
    }

    /// <summary>Bytes from one element to the next.</summary>
    public static int Stride { get; } = (AtrAt + AtrCapacity + sizeof(nint) - 1) / sizeof(nint) * sizeof(nint);

    public byte* Pointer => _memory;

    public CULong Count => new((uint)_count);

    /// <summary>Tells the resource manager what we know of reader <paramref name="index"/>; 0 = nothing.</summary>
    public void SetKnownState(int index, uint state) => *Word(index, 0) = new CULong(state);

    /// <summary>What the resource manager reported of reader <paramref name="index"/>; the high half counts its events.</summary>
    public uint StateNow(int index) => (uint)Word(index, 1)->Value;

    public byte[] Atr(int index)
    {
        var length = Math.Min((int)Word(index, 2)->Value, AtrCapacity);
        return new ReadOnlySpan<byte>(_memory + (index * Stride) + AtrAt, length).ToArray();
    }

    public void Dispose()
    {
        for (var i = 0; i < _count; i++)
            Marshal.FreeCoTaskMem(*(nint*)(_memory + (i * Stride)));
        NativeMemory.Free(_memory);
    }

    private CULong* Word(int index, int word) => (CULong*)(_memory + (index * Stride) + WordsAt) + word;
}
