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
        var whenMissing = production ? WhenMissing.Fail : WhenMissing.Create;
        return AuthorityStore.OpenOr(whenMissing, FolderOf(options), SecretOf(options), settings, new CivilTime(clock)) switch
        {
            StoreOpened opened => opened.Authorities,
            StoreRefused refused => throw new StartUpException($"Authorities: {refused.Explanation}"),
            _ => throw new InvalidOperationException("A store opens or refuses."),
        };
    }

    public static string FolderOf(SiloOptions options) => Path.GetFullPath(options.Authorities.Folder ?? options.InDataFolder("authorities"));

    public static AuthoritySettings SettingsOf(SiloOptions options) => new()
    {
        Organisation = options.Authorities.Organisation,
        ValidityYears = options.Authorities.ValidityYears,
        PracticeStatement = new(options.Public.BaseAddressOrOwn, "cps"),
        RevocationLists = new(options.Public.BaseAddressOrOwn, "crl/"),
        Ocsp = new(options.Public.BaseAddressOrOwn, "ocsp"),
    };

    private static string SecretOf(SiloOptions options) => options.Authorities switch
    {
        { PassphraseFiles: [var first, var second] } => Combined(Passphrase(first), Passphrase(second)),
        { PassphraseFile: { } file } => Passphrase(file),
        _ => DevelopmentPassphrase(options.InDataFolder("authorities.passphrase")),
    };

    private static string Combined(string first, string second) => SharedSecret.Problem(first, second) is { } problem
        ? throw new StartUpException($"Authorities:PassphraseFiles: {problem}") : SharedSecret.Combine(first, second);

    private static string Passphrase(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new StartUpException($"Authorities: the passphrase can't be read: {missing.Message}");
        }
    }

    private static string DevelopmentPassphrase(string file) =>
        PrivateFile.ReadOrCreate(file, () => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24)));
}
