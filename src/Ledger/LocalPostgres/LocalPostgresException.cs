namespace Jpki.Ledger.LocalPostgres;

/// <summary>The private server can't be had on this machine, with what to do about it.</summary>
public sealed class LocalPostgresException(string message, Exception? cause = null) : Exception(message, cause);
