using System.Text;
using Jpki.Audit.Merkle;
using Jpki.Audit.Records;
using Jpki.Audit.Tests.Support;
using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Audit.Tests.Records;

/// <summary>What is written is what is read, octet by octet; what is not written that way is not read at all.</summary>
public sealed class ExportLineTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_line_is_read_as_it_was_written(bool compressed)
    {
        var good = new RegisteredCertificate(
            SerialNumber.Parse("0a"), CertificateKind.Signature, new string('a', 40), GivenExport.Municipality, GivenExport.Noon, RevocationStatus.Good.Instance);
        var revoked = good with { Kind = CertificateKind.UserAuthentication, Status = new RevocationStatus.Revoked(RevocationReason.Superseded, GivenExport.Noon) };
        var resident = ResidentId.Parse("13207-00000001");
        var octets = GivenExport.Written(writer =>
        {
            writer.Write(GivenExport.Header(2));
            writer.Write(GivenExport.Event(0));
            writer.Write(GivenExport.Masked(GivenExport.Event(1, version: 2), "{}") with { Leaf = TreeHash.OfNothing });
            writer.Write(new MissingEvent(2, 7, TreeHash.OfNothing));
            writer.Write(new StrayEvent(8, "13207-00000009", 1, "card-ended.v1"));
            writer.Write(new ExportedCheckpoint("jpki.example/13207\n2\n\n— x\n"));
            writer.Write(new ExportedView("statistics", 5, 2, "AAAA"));
            writer.Write(new ExportedCertificate(resident, good, null));
            writer.Write(new ExportedCertificate(resident, revoked, GivenExport.Noon));
            writer.WriteEnd();
        });

        using var file = new MemoryStream(compressed ? GivenExport.Compressed(octets) : octets);
        var lines = await ExportReader.ReadAsync(file, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(GivenExport.Header(2), lines[0]);
        Assert.Equal(GivenExport.Leaf(GivenExport.Event(0)), GivenExport.Leaf(Assert.IsType<ExportedEvent>(lines[1])));
        Assert.Equal(GivenExport.Leaf(GivenExport.Event(1, version: 2)), GivenExport.Leaf(Assert.IsType<ExportedEvent>(lines[2])));
        Assert.Equal(TreeHash.OfNothing, ((ExportedEvent)lines[2]).Leaf);
        Assert.Equal(
        [
            new MissingEvent(2, 7, TreeHash.OfNothing),
            new StrayEvent(8, "13207-00000009", 1, "card-ended.v1"),
            new ExportedCheckpoint("jpki.example/13207\n2\n\n— x\n"),
            new ExportedView("statistics", 5, 2, "AAAA"),
            new ExportedCertificate(resident, good, null),
            new ExportedCertificate(resident, revoked, GivenExport.Noon),
            new ExportEnd(3, 1),
        ], lines[3..]);
    }

    [Fact]
    public void A_leaf_is_made_of_the_very_octets_of_the_database()
    {
        var written = GivenExport.Event(0);
        var read = Assert.IsType<ExportedEvent>(ExportParser.Parse(GivenExport.Written(writer => writer.Write(written))));

        Assert.Equal(written.Headers.ToArray(), read.Headers.ToArray());
        Assert.Equal(written.Body.ToArray(), read.Body.ToArray());
        Assert.Equal(written.Causation.ToArray(), read.Causation.ToArray());
        Assert.Equal(written.ToLeafRecord(), read.ToLeafRecord());
    }

    [Theory]
    [InlineData("\"version\":1", "\"version\":1.0")]
    [InlineData("\"version\":1", "\"version\":-1")]
    [InlineData("\"version\":1", "\"version\":\"1\"")]
    [InlineData("\"version\":1", "\"version\":1,\"version\":1")]
    [InlineData("\"version\":1", "\"version\":1,\"colour\":1")]
    [InlineData("\"version\":1,", "")]
    [InlineData("13207-00000001", "13207-00000001\\n1")]
    [InlineData("0192f0c1-0000-8000-8000-0000000000aa", "0192f0c1\\u002d0000-8000-8000-0000000000aa")]
    [InlineData("060708090aab", "060708090AAB")]
    [InlineData("000000Z", "0000000Z")]
    [InlineData("000000Z", "000000+00:00")]
    [InlineData("\"salt\":\"", "\"salt\":\"AAAA")]
    [InlineData("\"salt\":\"", "\"commitment\":\"1qv7/1YQzW8UWkJGwRzqMKxYNdHdXS0Z5Tn0vk+YBSA=\",\"salt\":\"")]
    [InlineData("\"kind\":\"event\",", "")]
    [InlineData("}\n", "")]
    [InlineData("}\n", "}{}\n")]
    public void What_is_not_in_the_one_form_is_no_line(string part, string instead)
    {
        var line = Encoding.UTF8.GetString(GivenExport.Written(writer => writer.Write(GivenExport.Event(0))));
        var damaged = line.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(line, damaged);

        Assert.NotNull(ExportParser.Parse(Encoding.UTF8.GetBytes(line)));
        Assert.Null(ExportParser.Parse(Encoding.UTF8.GetBytes(damaged)));
    }

    [Fact]
    public async Task A_file_that_ends_early_is_read_to_where_it_ends_and_said_to_be_cut_off()
    {
        var octets = GivenExport.Written(writer =>
        {
            for (var index = 0; index < 2_000; index++)
                writer.Write(GivenExport.Event(index, version: index + 1));
        });

        var plain = await LinesAsync(octets[..^100]);
        Assert.Equal(2_000, plain.Count);
        Assert.Equal(new DamagedLine(2_000, LineDamage.CutOff), plain[^1]);

        var compressed = await LinesAsync(GivenExport.Compressed(octets)[..^1000]);
        Assert.InRange(compressed.Count, 2, 1_999);
        Assert.IsType<DamagedLine>(compressed[^1]);
    }

    [Fact]
    public async Task Long_lines_are_read_and_endless_ones_are_not()
    {
        var body = $$"""{"note": "{{new string('x', 500_000)}}"}""";
        var octets = GivenExport.Written(writer =>
        {
            writer.Write(GivenExport.Event(0, body: body));
            writer.Write(GivenExport.Event(1, version: 2));
        });
        Assert.All(await LinesAsync(octets), each => Assert.IsType<ExportedEvent>(each));

        Assert.Equal([new DamagedLine(1, LineDamage.TooLong)], await LinesAsync(new byte[2 * ExportBlock.LongestLine]));
    }

    private static async Task<List<ExportLine>> LinesAsync(byte[] octets)
    {
        using var file = new MemoryStream(octets);
        return await ExportReader.ReadAsync(file, Cancellation).ToListAsync(Cancellation);
    }
}
