using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Silo.Tools.Ceremonies;

/// <summary>What ends a ceremony: the record, and the words on the screen.</summary>
internal static class Ceremony
{
    public static StoreResult List(this Installation installation) =>
        AuthorityOverview.Of(installation.Folder, installation.Settings, installation.Now);

    public static int Refuse(string reason)
    {
        Console.Error.WriteLine($"Refused: {reason}");
        return AuthorityCommand.Refused;
    }

    /// <param name="concerned">The generations the ceremony was about.</param>
    public static int Conclude(
        Installation installation, RecordTitle title, Officers officers, StoreResult result, Func<GenerationRow, bool> concerned)
    {
        if (result is StoreRefused refused)
            return Refuse(refused.Explanation);
        (result as StoreOpened)?.Authorities.Dispose();
        if (installation.List() is not StoreListed { Generations: var all })
            return Refuse(((StoreRefused)installation.List()).Explanation);

        List<GenerationRow> rows = [.. all.Where(concerned)];
        var text = CeremonyRecord.Write(installation, title, officers, rows);
        try
        {
            var file = AuthorityStore.KeepRecord(installation.Folder, $"{rows[0].Number:D4}-{title.Word}.txt", text);
            Console.WriteLine(string.Join('\n', rows.Select(row => $"{row.Kind.PathName()} {row.KeyId} {ListCommand.Word(row.State)}")));
            Console.WriteLine($"Record: {file}");
            Console.WriteLine("Print it, sign it by hand, keep it apart from this machine. Then restart every silo.");
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            // What was done stays done, so the record must not be lost with the file.
            Console.WriteLine(text);
            Console.Error.WriteLine($"Done, but the record could not be written ({unwritten.Message}); it stands above.");
        }

        return AuthorityCommand.Done;
    }
}
