using System.CommandLine;
using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Silo.Tools.Ceremonies;

/// <summary><c>authority roll</c>: a new key under the same name.</summary>
internal static class RollCommand
{
    private const string Both = "both";

    public static Command Create(Installation installation)
    {
        var kind = new Option<string>("--kind") { Description = "whose key: signature, user-authentication or both", Required = true };
        kind.AcceptOnlyFromAmong([.. Enum.GetValues<CertificateKind>().Select(CertificateKindNames.PathName), Both]);
        var from = new Option<DateTimeOffset?>("--from")
        {
            Description = "when it begins to issue, e.g. 2027-04-01T08:30:00+09:00; default: at once. Restart every silo before then",
        };
        var (desk, keys) = (new OfficersDesk(), new KeyPlaceOptions());
        var command = new Command(
            "roll",
            """
            Gives authorities a new key and certificate under the same name. The earlier key stays, for revocation lists and OCSP, until it is retired.
            Silos read their keys at start only.
            """)
        {
            kind, from,
        };
        desk.AddTo(command);
        keys.AddTo(command);
        command.SetAction(parsed => Run(installation, parsed, Kinds(parsed.GetValue(kind)!), parsed.GetValue(from), desk, keys));
        return command;
    }

    private static int Run(
        Installation installation, ParseResult parsed, IReadOnlyList<CertificateKind> kinds, DateTimeOffset? from, OfficersDesk desk, KeyPlaceOptions keys)
    {
        if (installation.List() is not StoreListed { Generations: var before })
            return Ceremony.Refuse(((StoreRefused)installation.List()).Explanation);
        if (desk.Ask(parsed, isNew: false, out var refusal) is not { } officers)
            return Ceremony.Refuse(refusal);
        var place = keys.Place(parsed);
        if (keys.TakeOver(parsed, place, officers.Secret) is { } notTaken)
            return Ceremony.Refuse(notTaken);
        var made = AuthorityStore.AddGeneration(
            installation.Folder, officers.Secret, keys.Apply(parsed, installation.Settings), installation.Clock, kinds, from, place);
        var latest = before.Max(row => row.Number);
        return Ceremony.Conclude(
            installation, new("鍵更新記録", "Record of key renewal", "rolled"), officers, made, row => row.Number > latest);
    }

    private static IReadOnlyList<CertificateKind> Kinds(string word) =>
        [.. Enum.GetValues<CertificateKind>().Where(each => word == Both || each.PathName() == word)];
}
