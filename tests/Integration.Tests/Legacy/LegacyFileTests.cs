using System.Text;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents.Procedures;
using Jpki.Silo.Legacy;

namespace Jpki.Integration.Tests.Legacy;

/// <summary>移行ファイル as it is read, before anything is recorded.</summary>
[Trait("Rule", "S2")]
public sealed class LegacyFileTests
{
    private static readonly Encoding _shiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932)!;

    [Fact]
    public async Task Columns_are_found_by_name_and_others_are_not_looked_at()
    {
        var lines = await ReadAsync("氏名,ISSUED_ON,備考, serial ,resident\r\n\"昭島,花子\",2015-12-22,表示,4C01,13207-00000001\r\n");

        Assert.Equal([Entry(2, "13207-00000001", "4c01", new DateOnly(2015, 12, 22))], lines);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(false, true)]
    public async Task It_may_be_UTF_8_with_or_without_a_mark_or_Shift_JIS(bool mark, bool shiftJis)
    {
        // 表 and ソ end in the octet of a backslash in Shift_JIS.
        const string Text = "name,resident,serial,issued_on\nソニー表,13207-00000001,4c01,2015-12-22\n";
        var octets = shiftJis ? _shiftJis.GetBytes(Text) : [.. mark ? Encoding.UTF8.GetPreamble() : [], .. Encoding.UTF8.GetBytes(Text)];

        var lines = await ReadAsync(octets, shiftJis ? _shiftJis : null);

        Assert.Equal([Entry(2, "13207-00000001", "4c01", new DateOnly(2015, 12, 22))], lines);
    }

    [Theory]
    [InlineData("13207-1,4c01,2015-12-22", "MalformedResident")]
    [InlineData("13207-00000001,c101,2015-12-22", "MalformedSerial")]
    [InlineData("13207-00000001,4c0,2015-12-22", "MalformedSerial")]
    [InlineData("13207-00000001,,2015-12-22", "MalformedSerial")]
    [InlineData("13207-00000001,4c01,2015/12/22", "MalformedDay")]
    [InlineData("13207-00000001,4c01,2015-02-29", "MalformedDay")]
    [InlineData("13207-00000001,4c01", "NotARecord")]
    [InlineData("13207-00000001,4c01,2015-12-22,", "NotARecord")]
    [InlineData("13207-00000001,\"4c01,2015-12-22", "NotARecord")]
    [InlineData("13207-00000001,4c\"01,2015-12-22", "NotARecord")]
    public async Task A_bad_line_is_told_by_number_and_spoils_no_other(string bad, string code)
    {
        var lines = await ReadAsync($"resident,serial,issued_on\n{bad}\n\n13207-00000002,4c02,2015-12-21\n");

        var faulty = Assert.IsType<LegacyLine.Faulty>(lines[0]);
        Assert.Equal((2, code), (faulty.Number, faulty.Problem.Code));
        Assert.Equal([Entry(4, "13207-00000002", "4c02", new DateOnly(2015, 12, 21))], lines[1..]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("resident,serial\n")]
    [InlineData("13207-00000001,4c01,2015-12-22\n")]
    public async Task Without_the_three_names_in_its_first_line_it_is_no_such_file(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));

        Assert.Null(await LegacyFile.OpenAsync(stream, null, TestContext.Current.CancellationToken));
    }

    private static LegacyLine.Entry Entry(int number, string resident, string serial, DateOnly issuedOn) =>
        new(number, ResidentId.Parse(resident), new RecordLegacyCertificate(SerialNumber.Parse(serial), issuedOn));

    private static Task<LegacyLine[]> ReadAsync(string text) => ReadAsync(Encoding.UTF8.GetBytes(text), null);

    private static async Task<LegacyLine[]> ReadAsync(byte[] octets, Encoding? encoding)
    {
        using var stream = new MemoryStream(octets);
        using var file = await LegacyFile.OpenAsync(stream, encoding, TestContext.Current.CancellationToken);
        var lines = new List<LegacyLine>();
        await foreach (var line in file!.LinesAsync(TestContext.Current.CancellationToken))
            lines.Add(line);
        return [.. lines];
    }
}
