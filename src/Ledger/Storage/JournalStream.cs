using System.Globalization;
using System.Security.Cryptography;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;

namespace Jpki.Ledger.Storage;

/// <summary>
/// A stream of one journal: <c>journal/13207/132070001/2026-06-01/k3v9x2qa</c>. A writer, which is one run of one process, has streams of its
/// own, so it counts their versions itself and never meets another's append.
/// </summary>
/// <param name="Day">JST, of every entry in it.</param>
internal sealed record JournalStream(JournalPlace Place, DateOnly Day, string Writer)
{
    /// <summary>No resident's key begins so.</summary>
    public const string Prefix = "journal/";

    private const string NoOffice = "-";
    private const string DayFormat = "yyyy-MM-dd";
    private const int WriterLength = 8;

    public string Key => $"{KeysOf(Place.Municipality)}{Place.Office?.Value ?? NoOffice}/{Text(Day)}/{Writer}";

    /// <summary>A stream that nobody has written to: the chance to meet another of the same day is one in 10^12.</summary>
    public static JournalStream New(JournalPlace place, DateOnly day) =>
        new(place, day, RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", WriterLength));

    public static bool IsKey(string? key) => key?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    /// <summary>What the keys of a municipality's journals begin with.</summary>
    public static string KeysOf(MunicipalityCode municipality) => $"{Prefix}{municipality}/";

    /// <exception cref="FormatException">Not a journal's key.</exception>
    public static MunicipalityCode MunicipalityOf(string key) => MunicipalityCode.Parse(key.Split('/') is [_, var code, ..] ? code : "");

    /// <summary>A day as it stands in keys; in the order of days.</summary>
    public static string Text(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);
}
