using System.Runtime.InteropServices;

namespace Jpki.Counter.Gateway.PcSc;

/// <summary>An unmanaged array of <c>SCARD_READERSTATE</c>, laid out for the system we run on.</summary>
/// <remarks>
/// Name pointer, user pointer, three <c>DWORD</c> (known state, state now, ATR length) and the ATR: 80 bytes with 33 bytes of ATR in
/// pcsc-lite on 64-bit Linux, 64 bytes with 36 on 64-bit Windows. Laid out by hand because no one C# structure is both.
/// </remarks>
internal sealed unsafe class ReaderStateArray : IDisposable
{
    private static readonly int s_atrCapacity = OperatingSystem.IsWindows() ? 36 : 33;
    private static readonly int s_wordsAt = 2 * sizeof(nint);
    private static readonly int s_atrAt = s_wordsAt + (3 * sizeof(CULong));

    private readonly byte* memory;
    private readonly int count;

    public ReaderStateArray(IReadOnlyList<string> names)
    {
        count = names.Count;
        memory = (byte*)NativeMemory.AllocZeroed((nuint)count, (nuint)Stride);
        for (var i = 0; i < count; i++)
            *(nint*)(memory + (i * Stride)) = Marshal.StringToCoTaskMemUTF8(names[i]);
    }

    /// <summary>Bytes from one element to the next.</summary>
    public static int Stride { get; } = (s_atrAt + s_atrCapacity + sizeof(nint) - 1) / sizeof(nint) * sizeof(nint);

    public byte* Pointer => memory;

    public CULong Count => new((uint)count);

    /// <summary>Tells the resource manager what we know of reader <paramref name="index"/>; 0 = nothing.</summary>
    public void SetKnownState(int index, uint state) => *Word(index, 0) = new CULong(state);

    /// <summary>What the resource manager reported of reader <paramref name="index"/>; the high half counts its events.</summary>
    public uint StateNow(int index) => (uint)Word(index, 1)->Value;

    public byte[] Atr(int index)
    {
        var length = Math.Min((int)Word(index, 2)->Value, s_atrCapacity);
        return new ReadOnlySpan<byte>(memory + (index * Stride) + s_atrAt, length).ToArray();
    }

    public void Dispose()
    {
        for (var i = 0; i < count; i++)
            Marshal.FreeCoTaskMem(*(nint*)(memory + (i * Stride)));
        NativeMemory.Free(memory);
    }

    private CULong* Word(int index, int word) => (CULong*)(memory + (index * Stride) + s_wordsAt) + word;
}
