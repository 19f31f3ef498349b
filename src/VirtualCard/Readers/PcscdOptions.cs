namespace Jpki.VirtualCard.Readers;

/// <summary>What a private PC/SC daemon is to be like.</summary>
public sealed record PcscdOptions
{
    /// <summary>The driver comes with two readers a copy; pcsc-lite 1.9 has room for 16 readers in all.</summary>
    public const int MaximumReaders = 16;

    /// <summary>How many readers are needed, 1 to <see cref="MaximumReaders"/>. An odd number is rounded up.</summary>
    public int Readers { get; init; } = 2;

    /// <summary>The first reader's TCP port; the others follow one by one. vpcd listens on all interfaces, unauthenticated.</summary>
    public int FirstPort { get; init; } = 40000;

    /// <summary>Where configuration, socket and log go. Null makes a temporary folder, removed in the end.</summary>
    public string? Folder { get; init; }

    /// <summary>How the readers' names begin; the driver's number follows, and pcscd's own numbers.</summary>
    public string ReaderName { get; init; } = "Virtual Reader (simulated)";

    /// <summary>How long the daemon may take to answer.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>A private PC/SC daemon cannot be had on this machine, or did not come up; the message says what to do.</summary>
public sealed class PcscdUnavailableException(string message) : Exception(message);
