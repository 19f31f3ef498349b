using System.Text;
using Jpki.Domain.Bulk;
using Jpki.Silo.Bulk;

namespace Jpki.Silo.Tests.Bulk;

/// <summary>What a file of many certificates may be, and what is said about a line that may not.</summary>
public sealed class BulkFileTests
{
    [Fact]
    public async Task Columns_are_found_by_their_names_and_others_are_not_looked_at()
    {
        var line = Assert.Single(await ReadAsync("name,serial,resident\n昭島花子,0A01,13207-00000001\n"));

        Assert.Equal((2, "13207-00000001,0a01\n", BulkOutcome.Waiting), (line.Number, line.Line!.ToText(), line.Outcome));
    }

    [Theory]
    [InlineData("13207-00000001", "LineUnreadable")]
    [InlineData("13207-00000001,0a01,more", "LineUnreadable")]
    [InlineData("\"13207-00000001,0a01", "LineUnreadable")]
    [InlineData("1320700000001,0a01", "MalformedResident")]
    [InlineData("13207-00000001,xyz", "MalformedSerial")]
    [InlineData("13207-00000001,", "MalformedSerial")]
    public async Task A_line_that_can_not_be_understood_is_rejected_and_stops_no_other(string text, string code)
    {
        var lines = await ReadAsync($"resident,serial\n{text}\n13207-00000002,0a02\n");

        Assert.Equal((2, BulkOutcome.Rejected, code), (lines[0].Number, lines[0].Outcome, lines[0].Why?.Code));
        Assert.Null(lines[0].Line);
        Assert.Equal(BulkOutcome.Waiting, lines[^1].Outcome);
    }

    [Fact]
    public async Task A_certificate_named_twice_is_taken_once()
    {
        var lines = await ReadAsync("resident,serial\n13207-00000001,0a01\n\n13207-00000001,0A01\n13207-00000001,0a02");

        Assert.Equal([(2, null), (4, "LineRepeated"), (5, null)], lines.Select(each => (each.Number, each.Why?.Code)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("resident\n13207-00000001")]
    [InlineData("13207-00000001,0a01\n")]
    public async Task Without_its_columns_it_is_no_such_file(string text) =>
        Assert.Null(await BulkFile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken));

    private static async Task<IReadOnlyList<BulkLineState>> ReadAsync(string text) =>
        (await BulkFile.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken))!;
}
