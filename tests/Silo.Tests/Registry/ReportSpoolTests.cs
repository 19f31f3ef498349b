using System.IO.Pipelines;
using System.Text;
using Jpki.Silo.Registry;

namespace Jpki.Silo.Tests.Registry;

/// <summary>Reports that wait for their reader.</summary>
public sealed class ReportSpoolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jpki-spool-").FullName;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_is_added_is_read_while_more_is_to_come()
    {
        using var spool = ReportSpool.Open(new SpoolFolder(_folder));
        var pipe = new Pipe();
        var copying = spool.CopyToAsync(pipe.Writer.AsStream(), Now);

        await spool.AppendAsync("one\n"u8.ToArray());
        Assert.Equal("one\n", await ReadAsync(pipe));
        await spool.AppendAsync("two\n"u8.ToArray());
        Assert.Equal("two\n", await ReadAsync(pipe));
        spool.Complete();
        await copying;
    }

    [Fact]
    public async Task Adding_never_waits_for_the_reader_and_nothing_is_lost()
    {
        using var spool = ReportSpool.Open(new SpoolFolder(_folder));
        var octets = new byte[3_000_000];
        new Random(20260601).NextBytes(octets);
        foreach (var piece in octets.Chunk(777))
            await spool.AppendAsync(piece);
        spool.Complete();

        using var read = new MemoryStream();
        await spool.CopyToAsync(read, Now);

        Assert.Equal(octets, read.ToArray());
    }

    [Fact]
    public async Task A_failure_is_told_after_what_was_added()
    {
        using var spool = ReportSpool.Open(new SpoolFolder(_folder));
        await spool.AppendAsync("one\n"u8.ToArray());
        spool.Complete(new IOException("The wire broke."));

        using var read = new MemoryStream();
        await Assert.ThrowsAsync<IOException>(() => spool.CopyToAsync(read, Now));

        Assert.Equal("one\n"u8.ToArray(), read.ToArray());
    }

    [Fact]
    public void The_file_has_no_name_that_could_be_left_behind()
    {
        using var spool = ReportSpool.Open(new SpoolFolder(_folder));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    private static async Task<string> ReadAsync(Pipe pipe)
    {
        var read = await pipe.Reader.ReadAsync(Now);
        var text = Encoding.UTF8.GetString(read.Buffer);
        pipe.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }
}
