using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests;

/// <summary>A whole history goes in as if it had been appended, and only where there is none.</summary>
public sealed class ImportTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static readonly ResidentId _one = Given.Resident(1);
    private static readonly ResidentId _two = Given.Resident(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_imported_reads_as_if_appended_and_is_appended_to()
    {
        Recorded[] history =
        [
            new(_one, 1, SampleEvents.Registration, Given.By(Given.Command(1))),
            new(_two, 1, SampleEvents.Registration, Given.By(Given.Command(2))),
            new(_one, 2, SampleEvents.NameChange, Given.By(Given.Command(3))),
        ];
        Assert.True(await database.Import.ImportAsync([(_one, 2), (_two, 1)], history, cancellation: Cancellation));

        var read = new List<Recorded>();
        await foreach (var each in database.Ledger.ReadAllAsync(Cancellation))
            read.Add(each);
        Assert.Equal(Shape(history), Shape(read));
        Assert.Equal(2, (await database.Ledger.LoadAsync(_one, Cancellation)).Version);

        await database.Ledger.AppendedAsync(_one, 2, Given.Command(4), SampleEvents.NameChange);
        Assert.IsType<AppendOutcome.Conflict>(await database.Ledger.AppendAsync(_two, 0, [SampleEvents.Registration], Given.By(Given.Command(5)), cancellation: Cancellation));

        Assert.False(await database.Import.ImportAsync([(_one, 2), (_two, 1)], history, cancellation: Cancellation));
        Assert.Equal(3, (await database.Ledger.LoadAsync(_one, Cancellation)).Version);
    }

    private static IEnumerable<(ResidentId, long, string, CommandId, DateTimeOffset)> Shape(IEnumerable<Recorded> history) =>
        history.Select(each => (each.Resident, each.Version, Given.Text(each.Event), each.Provenance.CommandId, each.Provenance.At));
}
