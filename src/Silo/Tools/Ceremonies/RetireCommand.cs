using System.CommandLine;
using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Silo.Tools.Ceremonies;

/// <summary><c>authority retire</c>: destroys a key that is needed no more.</summary>
internal static class RetireCommand
{
    public static Command Create(Installation installation)
    {
        var keyId = new Option<string>("--key-id") { Description = "the generation's key identifier, 40 digits, as `authority list` shows it", Required = true };
        var expired = new Option<DateOnly?>("--last-certificate-expired-on")
        {
            Description = "last day of the last certificate under the key, looked up by both officers; default: wait for the authority's own end",
        };
        var desk = new OfficersDesk();
        var command = new Command(
            "retire",
            """
            Destroys the key of a generation that issues no more and whose certificates have all expired. Its certificate stays. No list and no OCSP
            answer is signed with it afterwards. This can't be undone.
            """)
        {
            keyId, expired,
        };
        desk.AddTo(command);
        command.SetAction(parsed => Run(installation, parsed, parsed.GetValue(keyId)!, parsed.GetValue(expired), desk));
        return command;
    }

    private static int Run(Installation installation, ParseResult parsed, string keyId, DateOnly? expired, OfficersDesk desk)
    {
        // Said before anybody types a passphrase, and asked again when the key is destroyed.
        if (installation.List() is not StoreListed { Generations: var before })
            return Ceremony.Refuse(((StoreRefused)installation.List()).Explanation);
        if (before.FirstOrDefault(row => row.KeyId == keyId) is not { } row)
            return Ceremony.Refuse($"No generation in {installation.Folder} has the key {keyId}.");
        Console.Error.WriteLine($"To be destroyed: the key {keyId} of the {row.Kind.PathName()} authority, {row.Place}.");
        if (expired is { } day)
            Console.Error.WriteLine($"With their passphrases both officers confirm that its last certificate expired on {day:yyyy-MM-dd}.");

        if (desk.Ask(parsed, isNew: false, out var refusal) is not { } officers)
            return Ceremony.Refuse(refusal);
        var done = AuthorityRetirement.Retire(installation.Folder, officers.Secret, installation.Settings, installation.Clock, keyId, expired);
        var title = new RecordTitle("鍵廃棄記録", "Record of key destruction", $"{row.Kind.PathName()}-retired")
        {
            Remark = expired is { } last ? $"最後の証明書の満了日 Last certificate expired on: {last:yyyy-MM-dd} (両名確認 confirmed by both officers)" : null,
        };
        return Ceremony.Conclude(installation, title, officers, done, each => each.KeyId == keyId);
    }
}
