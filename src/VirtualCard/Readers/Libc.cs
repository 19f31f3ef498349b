using System.Runtime.InteropServices;

namespace Jpki.VirtualCard.Readers;

/// <summary>The few calls that .NET has no name for: passing a listening socket to a child, and ending a process politely.</summary>
internal static partial class Libc
{
    public const int SignalTerminate = 15;
    public const int SignalKill = 9;

    private const int SetDescriptorFlags = 2;

    /// <summary>Lets programs started from now on inherit the descriptor, or no longer.</summary>
    /// <exception cref="IOException">The descriptor is not open.</exception>
    public static void SetInheritable(int descriptor, bool inheritable)
    {
        const int CloseOnExec = 1;
        if (Fcntl(descriptor, SetDescriptorFlags, inheritable ? 0 : CloseOnExec) < 0)
            throw new IOException($"fcntl failed with error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Sends a signal; a process that is gone already is no error.</summary>
    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Fcntl(int descriptor, int command, int argument);
}
