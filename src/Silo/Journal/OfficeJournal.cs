using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Rules;
using Jpki.Grains;

namespace Jpki.Silo.Journal;

/// <summary>
/// 業務日誌の記入: puts a refusal or a reading into the journal of the office that asked. It is done before the answer is given; if it can't be
/// done, nothing is handed out.
/// </summary>
public sealed partial class OfficeJournal(IJournal journal, IMunicipalities municipalities, ICivilClock clock, ILogger<OfficeJournal> logger)
{
    /// <summary>What stands in a reading's provenance for the command.</summary>
    private const string Reading = "read-record";

    /// <param name="attempt">Wire name of the command; of what is none, the name of its door.</param>
    /// <param name="id">The sender's id of the command; none where there is none.</param>
    /// <param name="about">Whose affair it was, where it is about no single resident.</param>
    /// <returns>True when it is durable.</returns>
    public Task<bool> RefusedAsync(
        Actor by, string attempt, CommandId? id, string code, string? rule, ResidentId? resident, MunicipalityCode? about = null) =>
        RecordAsync(by, resident?.Municipality ?? about, new AttemptRefused(code, rule, resident), attempt, id);

    /// <summary>Of several municipalities' residents, each one's are recorded in its own journal where the reader has no office.</summary>
    /// <param name="residents">Whom the answer is about.</param>
    /// <param name="about">Whose affair it was, where no resident is named.</param>
    /// <returns>True when all of it is durable.</returns>
    public async Task<bool> ReadAsync(
        Actor by, RecordKind what, IReadOnlyList<ResidentId> residents, string? reference, MunicipalityCode? about = null)
    {
        var entries = residents is []
            ? [RecordAsync(by, about, new RecordRead(what, [], reference), Reading, null)]
            : residents.GroupBy(each => PlaceOf(by, each.Municipality))
                .Select(each => RecordAsync(by, each.First().Municipality, new RecordRead(what, [.. each], reference), Reading, null)).ToArray();
        return (await Task.WhenAll(entries)).All(durable => durable);
    }

    private async Task<bool> RecordAsync(Actor by, MunicipalityCode? about, JournalEvent entry, string command, CommandId? id)
    {
        var (now, place) = (clock.Now, PlaceOf(by, about));
        var rules = municipalities.Find(place.Municipality)!.RuleSetOn(Jst.DayOf(now));
        var durable = await journal.RecordAsync(
            place, entry, new(id ?? new CommandId(Guid.CreateVersion7()), command, by, now, rules.Name));
        if (!durable)
            LogNotWritten(place.Municipality, place.Office);
        return durable;
    }

    /// <summary>
    /// The office acted from; without one here, the municipality it is about. What is about no municipality served here stands with the first one
    /// that is: a journal is proven by a tree, and nobody from outside begins a new one.
    /// </summary>
    private JournalPlace PlaceOf(Actor by, MunicipalityCode? about)
    {
        if (by.Office is { } office && municipalities.Find(office.Municipality) is not null)
            return new(office.Municipality, office);
        return new(about is { } code && municipalities.Find(code) is not null ? code : municipalities.All.First().Code, null);
    }

    [LoggerMessage(LogLevel.Error, "{Municipality}, office {Office}: the journal can't be written; what it is about is not answered")]
    private partial void LogNotWritten(MunicipalityCode municipality, OfficeCode? office);
}
