using System.Runtime.InteropServices;
using Jpki.Benchmarks.Harness;

namespace Jpki.Benchmarks.Gateway;

/// <summary>PC/SC as bare as it comes (winscard.h of pcsc-lite): a card is taken, given octets, and let go.</summary>
internal static unsafe partial class RawCard
{
    private const string Library = "libpcsclite.so.1";
    private const uint ScopeSystem = 2;
    private const uint Exclusive = 1;
    private const uint T1 = 2;
    private const uint ResetCard = 1;
    private const int LongestAnswer = 65_538;

    /// <summary>One visit: context, connection, all commands, reset.</summary>
    public static void Visit(string reader, IReadOnlyList<byte[]> commands)
    {
        Check(SCardEstablishContext(new CULong(ScopeSystem), 0, 0, out var context));
        Check(SCardConnect(context, reader, new CULong(Exclusive), new CULong(T1), out var card, out _));
        var answer = new byte[LongestAnswer];
        var protocol = new IoRequest { Protocol = new CULong(T1), Length = new CULong((nuint)sizeof(IoRequest)) };
        foreach (var command in commands)
        {
            var length = new CULong(LongestAnswer);
            fixed (byte* sent = command, received = answer)
                Check(SCardTransmit(card, &protocol, sent, new CULong((nuint)command.Length), null, received, ref length));
        }

        Check(SCardDisconnect(card, new CULong(ResetCard)));
        Check(SCardReleaseContext(context));
    }

    private static void Check(CLong answer)
    {
        if (answer.Value != 0)
            throw new NotAvailableException(FormattableString.Invariant($"PC/SC answered {answer.Value:x}."));
    }

    [LibraryImport(Library)]
    private static partial CLong SCardEstablishContext(CULong scope, nint reserved1, nint reserved2, out nint context);

    [LibraryImport(Library)]
    private static partial CLong SCardReleaseContext(nint context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial CLong SCardConnect(nint context, string reader, CULong share, CULong protocols, out nint card, out CULong active);

    [LibraryImport(Library)]
    private static partial CLong SCardDisconnect(nint card, CULong disposition);

    [LibraryImport(Library)]
    private static partial CLong SCardTransmit(
        nint card, IoRequest* sendPci, byte* command, CULong commandLength, IoRequest* receivePci, byte* answer, ref CULong answerLength);

    [StructLayout(LayoutKind.Sequential)]
    private struct IoRequest
    {
        public CULong Protocol;
        public CULong Length;
    }
}
