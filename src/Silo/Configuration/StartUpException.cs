namespace Jpki.Silo.Configuration;

/// <summary>The silo can't start as configured; the message is for the operator and the process ends with status 2.</summary>
public sealed class StartUpException(string message) : Exception(message);
