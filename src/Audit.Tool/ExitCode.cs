namespace Jpki.Audit.Tool;

/// <summary>How the tool ends, for scripts.</summary>
internal static class ExitCode
{
    /// <summary>Done, and everything proves itself.</summary>
    public const int Good = 0;

    /// <summary>Done, and there are findings: the record does not prove itself.</summary>
    public const int Findings = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A file can't be read or written, a server does not answer or refuses.</summary>
    public const int Unreachable = 3;
}
