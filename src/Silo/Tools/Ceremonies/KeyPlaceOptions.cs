using System.CommandLine;
using Jpki.Pki.Keys;

namespace Jpki.Silo.Tools.Ceremonies;

/// <summary>Where new keys are made, and of which algorithm.</summary>
internal sealed class KeyPlaceOptions
{
    private readonly Option<string?> _module = new("--pkcs11-module") { Description = "the token's PKCS#11 library, full path; default: keys in encrypted files" };
    private readonly Option<string?> _token = new("--token") { Description = "the token's label" };
    private readonly Option<string?> _initialPin = new("--initial-pin-file")
    {
        Description = "file with the user PIN the token was initialised with; the officers' secret replaces it",
    };

    private readonly Option<string> _signature = Algorithm("--signature-algorithm");
    private readonly Option<string> _userAuthentication = Algorithm("--user-authentication-algorithm");

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_signature, _userAuthentication, _module, _token, _initialPin])
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_module) is null != result.GetResult(_token) is null)
                result.AddError("--pkcs11-module and --token belong together.");
            if (result.GetResult(_initialPin) is not null && result.GetResult(_token) is null)
                result.AddError("--initial-pin-file needs --pkcs11-module and --token.");
        });
    }

    public AuthoritySettings Apply(ParseResult parsed, AuthoritySettings settings) => settings with
    {
        Signature = settings.Signature with { KeyAlgorithm = Named(parsed.GetValue(_signature)) },
        UserAuthentication = settings.UserAuthentication with { KeyAlgorithm = Named(parsed.GetValue(_userAuthentication)) },
    };

    public KeyPlace Place(ParseResult parsed) => parsed.GetValue(_module) is { } module
        ? new KeyPlace.Token(Path.GetFullPath(module), parsed.GetValue(_token)!)
        : new KeyPlace.EncryptedFile();

    /// <summary>The officers' secret becomes the token's PIN, where an initial one was given.</summary>
    /// <returns>Why not; null when it is done or was not asked for.</returns>
    public string? TakeOver(ParseResult parsed, KeyPlace place, string secret)
    {
        if (place is not KeyPlace.Token token || parsed.GetValue(_initialPin) is not { } file)
            return null;
        try
        {
            return AuthorityStore.TakeOver(token, File.ReadAllText(file).Trim(), secret)?.Explanation;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return $"--initial-pin-file: {unreadable.Message}";
        }
    }

    private static Option<string> Algorithm(string name)
    {
        var option = new Option<string>(name)
        {
            Description = "of the key: rsa-2048 (SHA-256, as the national service today) or ecdsa-p384 (SHA-384)",
            DefaultValueFactory = _ => AuthorityCommand.Word(KeyAlgorithm.Rsa2048Sha256),
        };
        option.AcceptOnlyFromAmong([.. Enum.GetValues<KeyAlgorithm>().Select(AuthorityCommand.Word)]);
        return option;
    }

    private static KeyAlgorithm Named(string? word) => Enum.GetValues<KeyAlgorithm>().Single(each => AuthorityCommand.Word(each) == word);
}
