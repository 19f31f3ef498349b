using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Jpki.Silo.Reports;
using Microsoft.Net.Http.Headers;
using MiniExcelLibs;

namespace Jpki.Silo.Tests.Reports;

/// <summary>One table, three ways to write it.</summary>
[Trait("Rule", "D6")]
public sealed class ReportFormatTests
{
    private static readonly object?[][] _rows =
    [
        ["2026-06-01", "signature", "charged", 12L],
        ["2026-06-02", "userAuthentication", "firstHandOver", 1_234L],
        ["2026-06-03", "", null, 0L],
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task JSON_has_codes_and_numbers_and_says_what_it_is()
    {
        using var json = JsonDocument.Parse(await WrittenAsync("json", FakeReport.Of(_rows).In(Language.Japanese)));

        Assert.Equal(("fake", "2026-06-01", "2026-06-30"), (Text("report"), Text("from"), Text("to")));
        var rows = json.RootElement.GetProperty("rows");
        Assert.Equal("""{"day":"2026-06-02","kind":"userAuthentication","fee":"firstHandOver","count":1234}""", rows[1].GetRawText());
        Assert.Equal(JsonValueKind.Null, rows[2].GetProperty("fee").ValueKind);

        string? Text(string name) => json.RootElement.GetProperty(name).GetString();
    }

    [Fact]
    public async Task CSV_speaks_Japanese_and_Excel_knows_it_by_the_byte_order_mark()
    {
        var octets = await WrittenAsync("csv", FakeReport.Of(_rows).In(Language.Japanese, byteOrderMark: true));

        Assert.Equal([0xEF, 0xBB, 0xBF], octets[..3]);
        Assert.Equal(
            ["日,種類,手数料,件数", "2026-06-01,署名用,徴収,12", "2026-06-02,利用者証明用,無料(初回交付),1234", "2026-06-03,,,0"],
            Encoding.UTF8.GetString(octets[3..]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task CSV_speaks_English_and_has_no_byte_order_mark_unless_asked()
    {
        var lines = Encoding.UTF8.GetString(await WrittenAsync("csv", FakeReport.Of(_rows).In(Language.English))).Split("\r\n");

        Assert.Equal("Day,Kind,Fee,Number", lines[0]);
        Assert.Equal("2026-06-02,user authentication,first hand over,1234", lines[2]);
    }

    [Theory]
    [InlineData(Language.Japanese, "種類", "件数", "署名用")]
    [InlineData(Language.English, "Kind", "Number", "signature")]
    public async Task A_workbook_read_again_has_headings_words_and_numbers(Language language, string kind, string count, string signature)
    {
        using var file = new MemoryStream(await WrittenAsync("xlsx", FakeReport.Of(_rows).In(language)));

        var rows = MiniExcel.Query(file, useHeaderRow: true).Cast<IDictionary<string, object?>>().ToList();
        Assert.Equal(3, rows.Count);
        Assert.Equal(signature, rows[0][kind]);
        Assert.Equal(1_234, Convert.ToInt64(rows[1][count], CultureInfo.InvariantCulture));
        Assert.IsNotType<string>(rows[1][count]);
        Assert.Equal([language == Language.Japanese ? "試験の表" : "A table for tests"], MiniExcel.GetSheetNames(file));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task A_table_without_rows_still_has_its_headings(string format)
    {
        var octets = await WrittenAsync(format, FakeReport.Of().In(Language.Japanese));

        if (format == "json")
            Assert.EndsWith("\"rows\":[]}", Encoding.UTF8.GetString(octets), StringComparison.Ordinal);
        else if (format == "csv")
            Assert.Equal("日,種類,手数料,件数\r\n", Encoding.UTF8.GetString(octets));
        else
            Assert.Equal(["日", "種類", "手数料", "件数"], MiniExcel.GetColumns(new MemoryStream(octets), useHeaderRow: true));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task The_first_rows_are_sent_while_the_last_are_not_there_yet(string format)
    {
        var received = new TaskCompletionSource();
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var writing = ReportFormat.Named(format)!.WriteAsync(pipe.Writer.AsStream(), new FakeReport("large", RowsAsync).In(Language.Japanese), Cancellation);

        var first = await pipe.Reader.ReadAsync(Cancellation);
        Assert.False(first.Buffer.IsEmpty);
        received.SetResult();
        await writing;

        async IAsyncEnumerable<object?[]> RowsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            for (var row = 0; row < 20_000; row++)
                yield return ["2026-06-01", "signature", "charged", (long)row];
            await received.Task.WaitAsync(TimeSpan.FromSeconds(20), cancellation);
            yield return ["2026-06-30", "signature", "charged", 1L];
        }
    }

    [Theory]
    [InlineData(null, "", "json")]
    [InlineData(null, "*/*", "json")]
    [InlineData(null, "text/csv", "csv")]
    [InlineData(null, "application/json;q=0.5, text/csv", "csv")]
    [InlineData(null, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")]
    [InlineData("xlsx", "text/csv", "xlsx")]
    [InlineData("pdf", "text/csv", null)]
    public void The_name_wins_over_what_is_accepted_and_that_over_JSON(string? name, string accept, string? chosen) =>
        Assert.Equal(chosen, ReportFormat.Chosen(name, MediaTypeHeaderValue.ParseList([accept]))?.Name);

    private static async Task<byte[]> WrittenAsync(string format, ReportTable table)
    {
        using var to = new MemoryStream();
        await ReportFormat.Named(format)!.WriteAsync(to, table, Cancellation);
        return to.ToArray();
    }
}
