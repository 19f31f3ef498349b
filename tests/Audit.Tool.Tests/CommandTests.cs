using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Residents;

namespace Jpki.Audit.Tool.Tests;

/// <summary>Every command with real files, as scripts call it: its exit code, its text, its JSON.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly IReadOnlyList<Recorded> _events = [.. InventedTown.Events(40)];

    private readonly TestFolder _folder = new();
    private readonly InventedRecord _record = InventedRecord.Of(_events);
    private readonly string _export;
    private readonly string _key;

    public CommandTests() =>
        (_export, _key) = (_folder.Write("13207.ndjson.gz", GivenExport.Compressed(_record.ToOctets())), _folder.Write("key", InventedRecord.Signer.Key + "\n"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_good_export_ends_with_status_0_by_key_text_or_file()
    {
        var byFile = await ToolRun.Of("verify", _export, "--key", _key, "--witness", InventedRecord.Witness.Key.ToString());
        var byText = await ToolRun.Of("verify", _export, "--key", InventedRecord.Signer.Key.ToString());

        Assert.Equal((0, ""), (byFile.Code, byFile.Error));
        Assert.Contains("The record proves itself.", byFile.Output, StringComparison.Ordinal);
        Assert.Equal(0, byText.Code);
    }

    [Fact]
    public async Task A_bad_one_ends_with_status_1_and_names_the_place()
    {
        _record.Change(77, line => line with { Version = 99 });
        var bad = _folder.Write("bad.ndjson", _record.ToOctets());

        var run = await ToolRun.Of("verify", bad, "--key", _key);
        var json = await ToolRun.Of("verify", bad, "--key", _key, "--json");

        Assert.Equal((1, 1), (run.Code, json.Code));
        Assert.Contains("LeafDiffers\tEvent 77 ", run.Output, StringComparison.Ordinal);
        var findings = JsonDocument.Parse(json.Output).RootElement.GetProperty("findings").EnumerateArray();
        Assert.Contains(77, findings.Where(each => each.GetProperty("code").GetString() == "LeafDiffers").Select(each => each.GetProperty("place").GetProperty("index").GetInt32()));
    }

    [Fact]
    public async Task What_is_typed_wrong_ends_with_status_2_and_what_is_not_there_with_status_3()
    {
        Assert.Equal(2, (await ToolRun.Of("verify", _export)).Code);
        Assert.Equal(2, (await ToolRun.Of("verify", _export, "--key", "no key")).Code);
        Assert.Equal(2, (await ToolRun.Of("unheard-of")).Code);
        Assert.Equal(2, (await ToolRun.Of("replay", "--file", _export)).Code);
        Assert.Equal(2, (await ToolRun.Of("replay", "--all")).Code);
        Assert.Equal(2, (await ToolRun.Of("diff", "--file", _export, "--from", "yesterday", "--to", "2020-01-01")).Code);
        Assert.Equal(3, (await ToolRun.Of("verify", _folder["nothing"], "--key", _key)).Code);
        Assert.Equal(3, (await ToolRun.Of("verify", "http://127.0.0.1:9", "--municipality", "13207", "--key", _key)).Code);
        Assert.Equal(3, (await ToolRun.Of("replay", "--all", "--file", _key)).Code);
    }

    [Fact]
    public async Task Help_tells_the_exit_codes()
    {
        using var output = new StringWriter();
        var code = await JpkiCommand.RunAsync(["--help"], new(output, output, false, _ => null, TimeProvider.System), TestContext.Current.CancellationToken);

        Assert.Equal(0, code);
        Assert.Contains("0 good, 1 findings, 2 wrong usage, 3 a file or a server", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_speaks_the_language_that_is_asked_for_or_that_of_the_machine()
    {
        var machine = await ToolRun.Of(TimeProvider.System, "ja_JP.UTF-8", TestContext.Current.CancellationToken, "verify", _export, "--key", _key);
        var asked = await ToolRun.Of("verify", _export, "--key", _key, "--lang", "ja");

        Assert.Contains("この記録は自らを証明しています。", machine.Output, StringComparison.Ordinal);
        Assert.Equal(machine.Output, asked.Output);
    }

    [Fact]
    public async Task A_resident_is_replayed_to_a_version_and_to_an_instant()
    {
        var life = _events.GroupBy(each => each.Resident).MaxBy(each => each.Count())!.ToList();
        var resident = life[0].Resident.Value;

        var whole = await ToolRun.Of("replay", "--resident", resident, "--file", _export);
        var first = await ToolRun.Of("replay", "--resident", resident, "--version", "3", "--file", _export, "--json");
        var until = await ToolRun.Of("replay", "--resident", resident, "--at", life[4].Provenance.At.ToString("O"), "--file", _export, "--json");

        Assert.Equal(life.Count, whole.Output.Split('\n').Count(line => line.StartsWith(resident, StringComparison.Ordinal)));
        Assert.DoesNotContain(((ResidentRegistered)life[0].Event).Attributes.Name, whole.Output, StringComparison.Ordinal);
        Assert.Equal(3, JsonDocument.Parse(first.Output).RootElement.GetProperty("acts").GetArrayLength());
        Assert.Equal(life.Count(each => each.Provenance.At <= life[4].Provenance.At), JsonDocument.Parse(until.Output).RootElement.GetProperty("acts").GetArrayLength());
    }

    [Fact]
    public async Task A_resident_is_seen_on_two_times_and_attributes_are_shown_to_who_asks()
    {
        var moved = _events.First(each => each.Event is FourAttributesChanged);
        var (day, before) = (((FourAttributesChanged)moved.Event).OccurredOn.ToString("yyyy-MM-dd"), moved.Provenance.At.AddSeconds(-1).ToString("O"));

        var then = await ToolRun.Of("replay", "--resident", moved.Resident.Value, "--as-of", day, "--known-at", before, "--attributes", "--file", _export, "--json");
        var now = await ToolRun.Of("replay", "--resident", moved.Resident.Value, "--as-of", day, "--attributes", "--file", _export, "--json");

        var address = ((FourAttributesChanged)moved.Event).Attributes.Address;
        Assert.NotEqual(address, Address(then));
        Assert.Equal(address, Address(now));
        Assert.DoesNotContain(address, (await ToolRun.Of("replay", "--resident", moved.Resident.Value, "--as-of", day, "--file", _export)).Output, StringComparison.Ordinal);

        static string? Address(ToolRun run) => JsonDocument.Parse(run.Output).RootElement.GetProperty("attributes").GetProperty("address").GetString();
    }

    [Fact]
    public async Task An_office_an_officer_and_everybody_are_replayed()
    {
        var office = await ToolRun.Of("replay", "--office", "132070001", "--officer", "clerk-2", "--file", _export);
        var all = await ToolRun.Of("replay", "--all", "--file", _export, "--json");

        Assert.Equal((0, 0), (office.Code, all.Code));
        Assert.Equal(
            _events.Count(each => each.Provenance.By is { Subject: "clerk-2", Office.Value: "132070001" }),
            office.Output.Split('\n').Count(line => line.StartsWith("13207-", StringComparison.Ordinal)));
        Assert.Equal(40, JsonDocument.Parse(all.Output).RootElement.GetProperty("town").GetProperty("registered").GetInt32()
            + JsonDocument.Parse(all.Output).RootElement.GetProperty("town").GetProperty("gone").GetInt32());
    }

    [Fact]
    public async Task Differences_between_two_instants_are_listed()
    {
        var run = await ToolRun.Of("diff", "--from", "2019-01-01", "--to", "2021-12-31", "--file", _export);

        Assert.Equal(0, run.Code);
        Assert.Contains("certificate", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_if_reports_by_month_and_says_what_it_does_not_know()
    {
        var run = await ToolRun.Of("what-if", "--rule-set", "national-2026", "--from", "2018-10-01", "--to", "2026-09-30", "--file", _export);
        var json = await ToolRun.Of("what-if", "--rule-set", "national-2026", "--from", "2018-10-01", "--to", "2026-09-30", "--file", _export, "--json");

        Assert.Equal((0, 0), (run.Code, json.Code));
        Assert.Contains("what would have followed is not imagined", run.Output, StringComparison.Ordinal);
        Assert.True(JsonDocument.Parse(json.Output).RootElement.EnumerateArray().Sum(each => each.GetProperty("yenDifference").GetInt32()) < 0);
        Assert.Equal(2, (await ToolRun.Of("what-if", "--rule-set", "unheard-of", "--from", "2018-10-01", "--to", "2026-09-30", "--file", _export)).Code);
    }
}
