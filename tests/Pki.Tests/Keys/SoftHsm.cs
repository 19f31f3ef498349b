using Jpki.Pki.Keys;
using Jpki.Pki.Keys.Pkcs11;
using Net.Pkcs11Interop.Common;

[assembly: AssemblyFixture(typeof(Jpki.Pki.Tests.Keys.SoftHsm))]

namespace Jpki.Pki.Tests.Keys;

/// <summary>
/// SoftHSM with tokens of its own. It reads its configuration when it is initialised, once for the whole process, so there is one of these for
/// all tests; each test makes a token of its own in it, beforehand or at any time.
/// </summary>
public sealed class SoftHsm : IDisposable
{
    public const string Module = "/usr/lib/softhsm/libsofthsm2.so";
    public const string SecurityOfficerPin = "security officer";
    public const string InitialPin = "transport";

    private static readonly Lock OneAtATime = new();

    private readonly TestFolder folder = new();

    public SoftHsm()
    {
        var configuration = Path.Combine(folder.Path, "softhsm2.conf");
        Directory.CreateDirectory(Path.Combine(folder.Path, "tokens"));
        File.WriteAllText(configuration, $"directories.tokendir = {folder.Path}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n");
        // The programs started by tests inherit it; SoftHSM inside this process reads the C library's copy, which .NET does not write to.
        Environment.SetEnvironmentVariable("SOFTHSM2_CONF", configuration);
        Assert.Equal(0, NativeMethods.SetEnvironment("SOFTHSM2_CONF", configuration, overwrite: 1));
    }

    /// <summary>A new token, made from within: SoftHSM does not notice tokens that another program makes after its initialisation.</summary>
    /// <param name="pin">Its user PIN.</param>
    public static KeyPlace.Token NewToken(string label, string pin)
    {
        lock (OneAtATime)
        {
            var blank = TokenModules.Load(Module).GetSlotList(SlotsType.WithTokenPresent).Single(slot => !slot.GetTokenInfo().TokenFlags.TokenInitialized);
            blank.InitToken(SecurityOfficerPin, label);
            using var session = blank.OpenSession(SessionType.ReadWrite);
            session.Login(CKU.CKU_SO, SecurityOfficerPin);
            session.InitPin(pin);
            session.Logout();
        }

        return new(Module, label);
    }

    public void Dispose() => folder.Dispose();
}
