using System.CommandLine;
using Jpki.Pki.Keys;

namespace Jpki.Silo.Tools.Ceremonies;

/// <summary><c>authority create</c>: the first generation of both authorities.</summary>
internal static class CreateCommand
{
    public static Command Create(Installation installation)
    {
        var (desk, keys) = (new OfficersDesk(), new KeyPlaceOptions());
        var command = new Command(
            "create",
            """
            Makes the first keys of both authorities and their certificates. Two officers choose a passphrase each, at the terminal, one after the
            other; neither sees the other's. What is there already is never overwritten.
            """);
        desk.AddTo(command);
        keys.AddTo(command);
        command.SetAction(parsed => Run(installation, parsed, desk, keys));
        return command;
    }

    private static int Run(Installation installation, ParseResult parsed, OfficersDesk desk, KeyPlaceOptions keys)
    {
        // Before the officers choose passphrases, and before a token's PIN is changed.
        var found = installation.List();
        if (found is StoreListed)
            return Ceremony.Refuse($"There are authorities in {installation.Folder} already; they are not overwritten.");
        if (found is StoreRefused { Failure: not StoreFailure.Missing } unusable)
            return Ceremony.Refuse(unusable.Explanation);
        if (desk.Ask(parsed, isNew: true, out var refusal) is not { } officers)
            return Ceremony.Refuse(refusal);
        var place = keys.Place(parsed);
        if (keys.TakeOver(parsed, place, officers.Secret) is { } notTaken)
            return Ceremony.Refuse(notTaken);
        var made = AuthorityStore.Create(
            installation.Folder, officers.Secret, keys.Apply(parsed, installation.Settings), installation.Clock, place);
        return Ceremony.Conclude(installation, new("鍵生成記録", "Record of key generation", "created"), officers, made, row => row.Number == 1);
    }
}
