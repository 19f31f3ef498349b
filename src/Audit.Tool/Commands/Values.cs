using System.Globalization;
using Jpki.Domain.Rules;

namespace Jpki.Audit.Tool.Commands;

/// <summary>Days and instants as they are typed: a day is JST, an instant without offset, too.</summary>
internal static class Values
{
    private const string DayFormat = "yyyy-MM-dd";

    /// <exception cref="UsageException">No day.</exception>
    public static DateOnly? Day(string? text, string option) => text is null ? null
        : DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new UsageException($"{option} は日付（2026-04-01）です。", $"{option} is a day, e.g. 2026-04-01.");

    /// <summary>A day stands for its end.</summary>
    /// <exception cref="UsageException">Neither instant nor day.</exception>
    public static DateTimeOffset? Instant(string? text, string option)
    {
        if (text is null)
            return null;
        if (DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return Jst.EndOf(day);
        var hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > DayFormat.Length;
        return DateTimeOffset.TryParse(hasOffset ? text : text + "+09:00", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at
            : throw new UsageException($"{option} は日時（2026-04-01T12:00:00+09:00）または日付です。", $"{option} is an instant, e.g. 2026-04-01T12:00:00+09:00, or a day.");
    }

    public static string Show(DateTimeOffset at) => at.ToOffset(Jst.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static string Show(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
