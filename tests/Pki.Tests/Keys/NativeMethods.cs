using System.Runtime.InteropServices;

namespace Jpki.Pki.Tests.Keys;

internal static partial class NativeMethods
{
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int SetEnvironment(string name, string value, int overwrite);
}
