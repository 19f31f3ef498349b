namespace Jpki.Ledger.LocalPostgres;

/// <summary>The private server's settings, given at every start so that those of old data can't differ.</summary>
internal static class ServerSettings
{
    /// <summary>One argument for <c>pg_ctl -o</c>, which hands it to a shell.</summary>
    public static string For(int port) => string.Join(' ', All(port).Select(setting => $"-c {setting.Name}='{setting.Value}'"));

    private static IEnumerable<(string Name, string Value)> All(int port) =>
    [
        // Loopback TCP and no socket: a socket's path must fit in 107 bytes (unix(7)), which a project's folder need not.
        ("listen_addresses", "127.0.0.1"),
        ("port", $"{port}"),
        ("unix_socket_directories", ""),
        ("max_connections", "100"),
        ("password_encryption", "scram-sha-256"),

        // What is acknowledged is durable.
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),

        ("timezone", "UTC"),
        ("log_timezone", "UTC"),
        ("lc_messages", "C"),

        // Statements, parameters, and errors, which quote values, may hold personal data. Level "log" is above "error" in the server's log.
        ("log_min_messages", "log"),
        ("log_min_error_statement", "panic"),
        ("log_parameter_max_length", "0"),
        ("log_parameter_max_length_on_error", "0"),
        ("log_error_verbosity", "terse"),
    ];
}
