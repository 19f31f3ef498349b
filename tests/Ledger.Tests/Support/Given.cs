using System.Globalization;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;

namespace Jpki.Ledger.Tests.Support;

/// <summary>Fixed circumstances.</summary>
internal static class Given
{
    /// <summary>A tick that milliseconds, microseconds and a jump to UTC would each lose.</summary>
    public static readonly DateTimeOffset At = new DateTimeOffset(2026, 4, 1, 9, 30, 15, TimeSpan.FromHours(9)).AddTicks(1_234_567);

    public static ResidentId Resident(int number) => ResidentId.Parse(string.Create(CultureInfo.InvariantCulture, $"13207-{number:D8}"));

    public static CommandId Command(int number) => new(new Guid(number, 0, 0, new byte[8]));

    public static Provenance By(CommandId command) =>
        new(command, "register-resident", new("clerk-昭島-01", Role.Clerk, OfficeCode.Parse("132070001")), At, "akishima-2018");

    /// <summary>Records hold lists, which compare by reference; the contract's text compares by content.</summary>
    public static string Text(ResidentEvent happened) => JsonSerializer.Serialize(happened, Contract.Options);

    public static async Task<IReadOnlyList<Recorded>> AppendedAsync(
        this ResidentLedger ledger, ResidentId resident, long version, CommandId command, params ResidentEvent[] events)
    {
        var outcome = await ledger.AppendAsync(resident, version, events, By(command), cancellation: TestContext.Current.CancellationToken);
        return Assert.IsType<AppendOutcome.Appended>(outcome).Events;
    }
}
