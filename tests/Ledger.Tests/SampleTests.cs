using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Jpki.Domain;
using Jpki.Domain.Journal;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>
/// What is stored once must be readable for ever: one sample of each event is checked in and compared with what the contract writes today.
/// A sample that no longer fits means that the event needs its next version.
/// </summary>
public sealed class SampleTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static TheoryData<string> StoredNamesOfEvents => [.. StoredNames.Events.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(StoredNamesOfEvents))]
    public void Every_event_has_a_sample_that_the_contract_still_writes(string storedName)
    {
        var happened = Assert.Single(SampleEvents.All, each => StoredNameAttribute.Of(each.GetType()).Name == storedName);

        Assert.Equal(ReadSample(storedName).TrimEnd(), JsonNode.Parse(Given.Text(happened))!.ToJsonString(Indented));
    }

    [Theory]
    [MemberData(nameof(StoredNamesOfEvents))]
    public void Every_sample_is_read_back_as_the_event_it_was(string storedName)
    {
        var happened = JsonSerializer.Deserialize<ResidentEvent>(ReadSample(storedName), Contract.Options)!;

        Assert.Equal(StoredNames.Events[storedName], happened.GetType());
        Assert.Equal(Given.Text(SampleEvents.All.Single(each => each.GetType() == happened.GetType())), Given.Text(happened));
    }

    public static TheoryData<string> StoredNamesOfEntries => [.. StoredNames.JournalEvents.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(StoredNamesOfEntries))]
    public void Every_entry_of_a_journal_has_a_sample_that_is_written_and_read_back(string storedName)
    {
        var entry = Assert.Single(SampleEntries.All, each => StoredNameAttribute.Of(each.GetType()).Name == storedName);

        Assert.Equal(ReadSample(storedName).TrimEnd(), JsonNode.Parse(SampleEntries.Text(entry))!.ToJsonString(Indented));
        var read = JsonSerializer.Deserialize<JournalEvent>(ReadSample(storedName), Contract.Options)!;
        Assert.Equal(StoredNames.JournalEvents[storedName], read.GetType());
        Assert.Equal(SampleEntries.Text(entry), SampleEntries.Text(read));
    }

    [Fact]
    public void No_sample_is_left_of_an_event_that_is_gone() => Assert.Equal(
        StoredNames.Events.Keys.Concat(StoredNames.JournalEvents.Keys).Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder, "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Samples");

    private static string ReadSample(string storedName) => File.ReadAllText(Path.Combine(Folder, storedName + ".json"));
}
