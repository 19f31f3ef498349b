using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Json;

namespace Jpki.Ledger.Tests.Support;

/// <summary>One entry of each kind, and a journal to write them into.</summary>
internal static class SampleEntries
{
    public static readonly JournalPlace CityHall = new(MunicipalityCode.Parse("13207"), OfficeCode.Parse("132070001"));

    public static readonly JournalPlace NoOffice = CityHall with { Office = null };

    public static readonly AttemptRefused Refused = new("CardFaceNotCurrent", "S25", Given.Resident(1));

    public static readonly RecordRead Read = new(RecordKind.Certificate, [Given.Resident(1)], "0102030405060708");

    public static readonly BodiesMasked Masked = new(Given.Resident(1), [new(1, "0d4a1185dbb5ad6c2ea98bfd8a8b1b0a4b3bd2cd0a7f0d0f2a2c4d7b8bd1f6a1")]);

    public static IReadOnlyList<JournalEvent> All { get; } = [Refused, Read, Masked];

    public static string Text(JournalEvent entry) => JsonSerializer.Serialize(entry, Contract.Options);

    /// <param name="number">Of the command attempted.</param>
    /// <param name="days">Later than <see cref="Given.At"/>.</param>
    public static Provenance By(int number, int days = 0) => Given.By(Given.Command(number)) with { At = Given.At.AddDays(days) };

    /// <summary>Everything that fits, in order.</summary>
    public static async Task<IReadOnlyList<Journalled>> JournalAsync(this ResidentLedger ledger, JournalPlace place, int days = 0, string? kind = null)
    {
        var from = DateOnly.FromDateTime(Given.At.Date);
        return await ledger
            .JournalAsync(new(place.Municipality, place.Office, from, from.AddDays(days), kind), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
    }
}
