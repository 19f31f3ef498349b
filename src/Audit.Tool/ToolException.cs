namespace Jpki.Audit.Tool;

/// <summary>The command line asks for what can't be done; the message tells what to do instead.</summary>
internal sealed class UsageException(string japanese, string english) : Exception(english)
{
    public string Japanese { get; } = japanese;
}

/// <summary>A file or a server is not to be had; the message tells which.</summary>
internal sealed class UnreachableSourceException(string japanese, string english, Exception? cause = null) : Exception(english, cause)
{
    public string Japanese { get; } = japanese;
}
