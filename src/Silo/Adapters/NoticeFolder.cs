using System.Globalization;
using System.Text.Json;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Grains;

namespace Jpki.Silo.Adapters;

/// <summary>
/// お知らせの宛先一覧: a CSV file a day and municipality for whoever prints the letters: resident, kind, last day. No name and no address; the
/// printer asks the registry for those.
/// </summary>
public sealed class NoticeFolder(string folder) : IRenewalNotices
{
    public async Task<string> WriteAsync(MunicipalityCode municipality, DateOnly day, IReadOnlyList<DueNotice> notices)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}-{municipality}.csv");
        var file = Path.Combine(folder, name);
        if (File.Exists(file))
            return name;

        Directory.CreateDirectory(folder);
        var draft = $"{file}.{Guid.NewGuid():N}";
        await File.WriteAllLinesAsync(draft, ["resident,kind,lastDay", .. notices.Select(Line)]);
        File.Move(draft, file, overwrite: true);
        return name;
    }

    private static string Line(DueNotice notice) =>
        string.Create(CultureInfo.InvariantCulture, $"{notice.Resident},{NameOf(notice)},{notice.LastDay:yyyy-MM-dd}");

    private static string NameOf(DueNotice notice) =>
        JsonSerializer.SerializeToElement(notice.Kind, Contract.Options).GetString()!;
}
