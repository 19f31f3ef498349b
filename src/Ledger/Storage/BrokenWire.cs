using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace Jpki.Ledger.Storage;

/// <summary>Tells a wire that broke, after which nothing is known, from an answer of the server or of the serializer, after which nothing was stored.</summary>
internal static class BrokenWire
{
    // Classes of SQLSTATE (PostgreSQL, appendix A) under which the same again may succeed: connection, transaction rolled back (deadlock),
    // resources, object in use (lock not to be had), operator intervention (shutdown, crash, terminated), system error.
    private static readonly string[] PassingClasses = ["08", "40", "53", "55", "57", "58"];

    public static bool IsCauseOf(Exception fault)
    {
        for (var each = fault; each is not null; each = each.InnerException)
        {
            if (each is PostgresException answer)
                return Array.Exists(PassingClasses, answer.SqlState.StartsWith);
            if (each is DbException or IOException or SocketException or TimeoutException or OperationCanceledException or ObjectDisposedException)
                return true;
        }

        return false;
    }
}
