using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// CULong and CLong cross the border as they are; nothing here needs the runtime's marshalling.
[assembly: DisableRuntimeMarshalling]

namespace Jpki.Counter.Gateway.PcSc;

/// <summary>The functions of libpcsclite (Linux) and winscard (Windows), with their own names.</summary>
/// <remarks>
/// <c>DWORD</c> is <see cref="CULong"/>: 8 bytes on 64-bit Linux, 4 on Windows. A wrong width corrupts memory with no error.
/// The <c>…A</c> twins exist because winscard exports the functions that take text only under those names.
/// </remarks>
internal static unsafe partial class WinScard
{
    public const uint ScopeSystem = 2;
    public const uint ShareExclusive = 1;
    public const uint ProtocolT1 = 2;
    public const uint LeaveCard = 0;
    public const uint ResetCard = 1;

    private const string Library = "pcsc";

    static WinScard() => NativeLibrary.SetDllImportResolver(typeof(WinScard).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Library
        ? NativeLibrary.Load(OperatingSystem.IsWindows() ? "winscard.dll" : "libpcsclite.so.1", assembly, path)
        : nint.Zero;

    [LibraryImport(Library)]
    public static partial CLong SCardEstablishContext(CULong scope, nint reserved1, nint reserved2, out nint context);

    [LibraryImport(Library)]
    public static partial CLong SCardReleaseContext(nint context);

    [LibraryImport(Library)]
    public static partial CLong SCardCancel(nint context);

    public static CLong SCardListReaders(nint context, byte* names, ref CULong length) =>
        OperatingSystem.IsWindows() ? ListReadersA(context, null, names, ref length) : ListReaders(context, null, names, ref length);

    public static CLong SCardConnect(nint context, string reader, CULong share, CULong protocols, out nint card, out CULong active) =>
        OperatingSystem.IsWindows()
            ? ConnectA(context, reader, share, protocols, out card, out active)
            : Connect(context, reader, share, protocols, out card, out active);

    public static CLong SCardGetStatusChange(nint context, CULong timeout, byte* states, CULong count) =>
        OperatingSystem.IsWindows() ? StatusChangeA(context, timeout, states, count) : StatusChange(context, timeout, states, count);

    [LibraryImport(Library)]
    public static partial CLong SCardDisconnect(nint card, CULong disposition);

    [LibraryImport(Library)]
    public static partial CLong SCardTransmit(
        nint card, IoRequest* sendPci, byte* command, CULong commandLength, IoRequest* receivePci, byte* answer, ref CULong answerLength);

    [LibraryImport(Library, EntryPoint = "SCardListReaders")]
    private static partial CLong ListReaders(nint context, byte* groups, byte* names, ref CULong length);

    [LibraryImport(Library, EntryPoint = "SCardListReadersA")]
    private static partial CLong ListReadersA(nint context, byte* groups, byte* names, ref CULong length);

    [LibraryImport(Library, EntryPoint = "SCardConnect", StringMarshalling = StringMarshalling.Utf8)]
    private static partial CLong Connect(
        nint context, string reader, CULong share, CULong protocols, out nint card, out CULong active);

    [LibraryImport(Library, EntryPoint = "SCardConnectA", StringMarshalling = StringMarshalling.Utf8)]
    private static partial CLong ConnectA(
        nint context, string reader, CULong share, CULong protocols, out nint card, out CULong active);

    [LibraryImport(Library, EntryPoint = "SCardGetStatusChange")]
    private static partial CLong StatusChange(nint context, CULong timeout, byte* states, CULong count);

    [LibraryImport(Library, EntryPoint = "SCardGetStatusChangeA")]
    private static partial CLong StatusChangeA(nint context, CULong timeout, byte* states, CULong count);

    /// <summary><c>SCARD_IO_REQUEST</c>: the protocol an exchange runs in, and this structure's own size.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct IoRequest
    {
        public CULong Protocol;
        public CULong Length;
    }
}
