using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>What a card carried when last read: one reading a resident, the latest.</summary>
public sealed class CardReadingTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static readonly ResidentId _hanako = ResidentId.Parse("13207-00000701");
    private static readonly OfficeCode _office = OfficeCode.Parse("132070001");
    private static readonly DateTimeOffset _morning = new(2026, 6, 1, 9, 0, 0, TimeSpan.FromHours(9));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_latest_reading_is_kept_whatever_the_order_they_arrive_in()
    {
        Assert.Null(await database.CardReadings.LastAsync(_hanako, Cancellation));

        await database.CardReadings.KeepAsync(_hanako, Reading("0a"), _office, _morning, Cancellation);
        await database.CardReadings.KeepAsync(_hanako, Reading("0b"), _office, _morning.AddHours(1), Cancellation);
        await database.CardReadings.KeepAsync(_hanako, Reading("0c"), _office, _morning.AddMinutes(30), Cancellation);

        var last = await database.CardReadings.LastAsync(_hanako, Cancellation);
        Assert.Equal(Reading("0b").Card, last!.Card);
        Assert.Equal(Reading("0b").Certificates, last.Certificates);
    }

    private static CardReading Reading(string serial) => new(
        CardSerial.Parse("123456789012345"),
        [new CardReading.Certificate(CertificateKind.UserAuthentication, SerialNumber.Parse(serial), new string('a', 64))]);
}
