namespace Jpki.TownHall.Day;

/// <summary>監査: an auditor takes the record home and believes nobody.</summary>
internal static class AuditScenes
{
    public static async Task VerifyAsync(Stage s, DateTimeOffset at, CancellationToken token)
    {
        await s.MoveToAsync(at, "An auditor verifies the whole record with nothing but the public key", token);
        await s.Record.FetchKeyAsync(token);

        await s.Record.ExportAsync("record.ndjson.gz", token);
        var verdict = await s.Record.RunAsync(["audit", "verify", s.Record.PathOf("record.ndjson.gz")], token);
        Tell(s, verdict.Output);
        s.Narrator.Check(verdict.ExitCode == 0, "jpki audit verify: every event, every checkpoint and the register of certificates agree");

        await s.Record.AlterAsync("record.ndjson.gz", "altered.ndjson", "\"office\": \"132070001\"", "\"office\": \"132070002\"", token);
        var found = await s.Record.RunAsync(["audit", "verify", s.Record.PathOf("altered.ndjson")], token);
        Tell(s, found.Output);
        s.Narrator.Check(found.ExitCode == 1, "with the office of one event altered in the export that is found, and named by its place");
    }

    private static void Tell(Stage s, string output)
    {
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            s.Narrator.Counter(line);
    }
}
