using System.Runtime.InteropServices;

namespace Jpki.Counter.Gateway.PcSc;

/// <summary>Which daemon libpcsclite talks to.</summary>
public static partial class PcScEnvironment
{
    private const string SocketVariable = "PCSCLITE_CSOCK_NAME";

    /// <summary>Makes every later context of this process talk to the daemon behind <paramref name="path"/> (Linux only).</summary>
    /// <remarks>
    /// <see cref="Environment.SetEnvironmentVariable(string, string)"/> keeps a copy of its own that native code never sees, hence libc.
    /// Not safe
    /// beside other native threads that read the environment: call it at start-up, or in tests.
    /// </remarks>
    public static void UseSocket(string path)
    {
        if (SetEnv(SocketVariable, path, overwrite: 1) != 0)
            throw new InvalidOperationException($"libc refused to set {SocketVariable}.");
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);
}
