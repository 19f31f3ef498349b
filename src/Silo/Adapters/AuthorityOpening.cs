using System.Security.Cryptography;
using Jpki.Grains;
using Jpki.Pki.Keys;
using Jpki.Silo.Configuration;
using Jpki.Silo.Security;

namespace Jpki.Silo.Adapters;

/// <summary>
/// 認証局の準備: opens both authorities, or, on a development machine only, makes them on the first start. Production never makes one silently:
/// a missing folder there is a mistake, not a wish for new keys.
/// </summary>
public static class AuthorityOpening
{
    /// <exception cref="StartUpException">They are missing, damaged, misnamed, or the passphrase is wrong.</exception>
    public static Authorities Open(SiloOptions options, AuthoritySettings settings, ICivilClock clock, bool production)
    {
        var folder = options.Authorities.Folder ?? options.InDataFolder("authorities");
        var passphrase = options.Authorities.PassphraseFile is { } file
            ? File.ReadAllText(file).Trim()
            : DevelopmentPassphrase(options.InDataFolder("authorities.passphrase"));
        var whenMissing = production ? WhenMissing.Fail : WhenMissing.Create;
        return AuthorityStore.OpenOr(whenMissing, folder, passphrase, settings, new CivilTime(clock)) switch
        {
            StoreOpened opened => opened.Authorities,
            StoreRefused refused => throw new StartUpException($"Authorities: {refused.Explanation}"),
            _ => throw new InvalidOperationException("A store opens or refuses."),
        };
    }

    public static AuthoritySettings SettingsOf(SiloOptions options) => new()
    {
        Organisation = options.Authorities.Organisation,
        PracticeStatement = new(options.Public.BaseAddressOrOwn, "cps"),
        RevocationLists = new(options.Public.BaseAddressOrOwn, "crl/"),
        Ocsp = new(options.Public.BaseAddressOrOwn, "ocsp"),
    };

    private static string DevelopmentPassphrase(string file) =>
        PrivateFile.ReadOrCreate(file, () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
}
