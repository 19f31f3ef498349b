using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Jpki.Integration.Tests.Support;

/// <summary>The programs under test, which lie beside the tests because their projects are referenced.</summary>
internal static class Programs
{
    public static ProcessStartInfo Ours(string assembly, IReadOnlyList<string> arguments) =>
        new("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
}

internal static partial class NativeMethods
{
    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int processId, int signal);
}
