using System.CommandLine;
using Jpki.Pki.Keys;

namespace Jpki.Silo.Tools.Ceremonies;

/// <summary>Asks for the officers: at the terminal, one after the other, or in files named on the command line.</summary>
internal sealed class OfficersDesk
{
    private const int LongestName = 100;

    private readonly Option<string?> _firstName = new("--officer-1") { Description = "name of the first officer; asked for when absent" };
    private readonly Option<string?> _secondName = new("--officer-2") { Description = "name of the second officer" };
    private readonly Option<string?> _firstFile = new("--passphrase-file-1") { Description = "file with the first officer's passphrase, for scripts; else typed" };
    private readonly Option<string?> _secondFile = new("--passphrase-file-2") { Description = "file with the second officer's passphrase" };
    private readonly Option<string?> _onlyFile = new("--passphrase-file")
    {
        Description = "file with the one passphrase of a small installation (Authorities:PassphraseFile), instead of two",
    };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_firstName, _secondName, _firstFile, _secondFile, _onlyFile])
            command.Options.Add(option);
        command.Validators.Add(result =>
        {
            var parts = new[] { _firstFile, _secondFile }.Count(each => result.GetResult(each) is not null);
            if (parts == 1 || (parts == 2 && result.GetResult(_onlyFile) is not null))
                result.AddError("Name both --passphrase-file-1 and --passphrase-file-2, or --passphrase-file alone.");
        });
    }

    /// <param name="isNew">The passphrases are chosen now, so they are typed twice.</param>
    /// <param name="refusal">Why there are no officers; empty when there are.</param>
    public Officers? Ask(ParseResult parsed, bool isNew, out string refusal)
    {
        try
        {
            var first = Ask("First officer", parsed.GetValue(_firstName), parsed.GetValue(_firstFile), parsed.GetValue(_onlyFile), isNew);
            var second = Ask("Second officer", parsed.GetValue(_secondName), parsed.GetValue(_secondFile), parsed.GetValue(_onlyFile), isNew);
            refusal = Problem(first, second, parsed.GetValue(_onlyFile) is not null) ?? "";
            if (refusal.Length > 0)
                return null;
            return parsed.GetValue(_onlyFile) is not null
                ? new(first.Name, second.Name, first.Passphrase, InTwoParts: false)
                : new(first.Name, second.Name, SharedSecret.Combine(first.Passphrase, second.Passphrase), InTwoParts: true);
        }
        catch (NoAnswerException unanswered)
        {
            refusal = unanswered.Message;
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            refusal = $"The passphrase can't be read: {unreadable.Message}";
            return null;
        }
    }

    private static (string Name, string Passphrase) Ask(string who, string? name, string? partFile, string? onlyFile, bool isNew)
    {
        var answered = Normalised(name ?? Terminal.Ask($"{who}, name: "));
        return (answered, (partFile ?? onlyFile) is { } file ? File.ReadAllText(file).Trim() : Terminal.AskSecret($"{who}, passphrase: ", twice: isNew));
    }

    private static string? Problem((string Name, string Passphrase) first, (string Name, string Passphrase) second, bool onePassphrase)
    {
        if (first.Name.Length is 0 or > LongestName || second.Name.Length is 0 or > LongestName)
            return $"An officer's name has 1 to {LongestName} characters.";
        if (string.Equals(first.Name, second.Name, StringComparison.OrdinalIgnoreCase))
            return "The two officers are the same person.";
        return onePassphrase ? null : SharedSecret.Problem(first.Passphrase, second.Passphrase);
    }

    /// <summary>Spaces, ideographic ones too, neither make two persons of one nor break the record's lines.</summary>
    private static string Normalised(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
