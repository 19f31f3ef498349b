using System.IO.Pipelines;
using System.Text;
using Jpki.Silo.Registry;

namespace Jpki.Silo.Tests.Registry;

/// <summary>Cutting a stream into lines, whatever the stream is.</summary>
public sealed class FeedLinesTests
{
    [Theory]
    [InlineData("a\nb\n")]
    [InlineData("a\nb")]
    [InlineData("a\r\nb\r\n")]
    [InlineData("\uFEFFa\nb\n")]
    public async Task Line_ends_of_both_kinds_a_missing_last_one_and_a_byte_order_mark_are_taken(string text) =>
        Assert.Equal(["1:a", "2:b"], await ReadAsync(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task Blank_lines_are_counted_and_not_given_out() =>
        Assert.Equal(["2:a", "5:b"], await ReadAsync("\na\n \t\r\n\r\nb\n\n"u8.ToArray()));

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\uFEFF")]
    public async Task Of_nothing_comes_nothing(string text) => Assert.Empty(await ReadAsync(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task A_byte_order_mark_is_one_only_at_the_very_beginning() =>
        Assert.Equal(["1:a", "2:\uFEFFb"], await ReadAsync(Encoding.UTF8.GetBytes("a\n\uFEFFb\n")));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("")]
    public async Task The_longest_line_is_taken_whole(string end)
    {
        var lines = await ReadAsync(Encoding.UTF8.GetBytes(new string('x', FeedLines.Longest) + end));

        Assert.Equal(FeedLines.Longest + "1:".Length, Assert.Single(lines).Length);
    }

    [Theory]
    [InlineData(FeedLines.Longest + 1)]
    [InlineData(FeedLines.Longest + 2)]
    [InlineData(1_000_000)]
    public async Task A_longer_line_is_passed_over_and_the_next_one_taken(int length) =>
        Assert.Equal(["1:too long", "2:a"], await ReadAsync(Encoding.UTF8.GetBytes($"{new string('x', length)}\na\n")));

    [Fact]
    public async Task A_last_line_that_is_too_long_is_told() =>
        Assert.Equal(["1:a", "2:too long"], await ReadAsync(Encoding.UTF8.GetBytes($"a\n{new string('x', 100_000)}")));

    [Fact]
    public async Task Octets_that_come_singly_make_the_same_lines() =>
        Assert.Equal(["1:a", "2:ü", "4:b"], await ReadAsync(new Trickle(Encoding.UTF8.GetBytes("\uFEFFa\r\nü\n\nb"))));

    [Fact]
    public async Task A_line_that_breaks_off_is_not_given_out()
    {
        var seen = new List<string>();

        await Assert.ThrowsAsync<IOException>(() => ReadAsync(new Trickle("a\nhalf"u8.ToArray(), breaks: true), seen));

        Assert.Equal(["1:a"], seen);
    }

    private static Task<List<string>> ReadAsync(byte[] octets) => ReadAsync(new MemoryStream(octets));

    private static async Task<List<string>> ReadAsync(Stream stream, List<string>? into = null)
    {
        into ??= [];
        await foreach (var line in FeedLines.ReadAsync(PipeReader.Create(stream), TestContext.Current.CancellationToken))
            into.Add($"{line.Number}:{(line.Octets is { } octets ? Encoding.UTF8.GetString(octets) : "too long")}");
        return into;
    }

    /// <summary>Gives one octet at a time, and may break at its end.</summary>
    private sealed class Trickle(byte[] octets, bool breaks = false) : MemoryStream(octets)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            breaks && Position == Length
                ? ValueTask.FromException<int>(new IOException("The wire broke."))
                : base.ReadAsync(buffer[..1], cancellationToken);
    }
}
