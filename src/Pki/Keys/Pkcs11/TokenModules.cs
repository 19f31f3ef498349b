using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Jpki.Pki.Keys.Pkcs11;

/// <summary>
/// The manufacturers' libraries, each loaded once and kept until the process ends: C_Initialize and C_Finalize hold for the whole process
/// (PKCS#11 v2.40 5.4), so whoever finalised one would take the token away from everybody else.
/// </summary>
internal static class TokenModules
{
    private static readonly ConcurrentDictionary<string, Lazy<IPkcs11Library>> Loaded = new(StringComparer.Ordinal);

    // Debian ships "libdl.so" with the compiler's files only; programs are given libdl.so.2.
    static TokenModules() => NativeLibrary.SetDllImportResolver(
        typeof(Pkcs11InteropFactories).Assembly,
        (name, assembly, path) => name == "libdl" && NativeLibrary.TryLoad("libdl.so.2", assembly, path, out var handle) ? handle : IntPtr.Zero);

    public static Pkcs11InteropFactories Factories { get; } = new();

    /// <exception cref="KeyUnavailableException">The library does not load or does not initialise.</exception>
    public static IPkcs11Library Load(string module)
    {
        try
        {
            return Loaded.GetOrAdd(module, path => new(() =>
                Factories.Pkcs11LibraryFactory.LoadPkcs11Library(Factories, path, AppType.MultiThreaded))).Value;
        }
        catch (Exception unusable) when (unusable is Pkcs11Exception or UnmanagedException or LibraryArchitectureException or DllNotFoundException)
        {
            // A later attempt may find it mended; Lazy would repeat the first answer for ever.
            Loaded.TryRemove(module, out _);
            throw new KeyUnavailableException(StoreFailure.TokenUnavailable, $"The PKCS#11 library {module} does not load: {unusable.Message}", unusable);
        }
    }
}
