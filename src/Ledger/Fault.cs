using System.Net.Sockets;
using Npgsql;

namespace Jpki.Ledger;

/// <summary>
/// Tells what broke without what it broke on. PostgreSQL's texts quote values ("invalid input syntax for type integer: …"), and Marten
/// repeats them; both would carry personal data into logs.
/// </summary>
internal static class Fault
{
    /// <summary>The chain of causes, outermost first, each by its type and, where it has one, its code.</summary>
    public static string Of(Exception cause) => string.Join(" <- ", Chain(cause).Select(Describe));

    private static IEnumerable<Exception> Chain(Exception cause)
    {
        for (var each = cause; each is not null; each = each.InnerException)
            yield return each;
    }

    private static string Describe(Exception cause) => cause switch
    {
        PostgresException postgres => $"{nameof(PostgresException)} {postgres.SqlState}",
        SocketException socket => $"{nameof(SocketException)} {socket.SocketErrorCode}",
        _ => cause.GetType().Name,
    };
}
