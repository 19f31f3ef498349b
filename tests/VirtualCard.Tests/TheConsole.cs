using Jpki.VirtualCard.CommandLine;
using Jpki.VirtualCard.Tests.Support;

namespace Jpki.VirtualCard.Tests;

public sealed class TheConsole : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jpki-console-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string Card => Path.Combine(_folder, "card.json");

    private string Authority => Path.Combine(_folder, "authority.pem");

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_card_is_made_once_and_shown_without_its_secrets()
    {
        Assert.Equal(0, await MakeAsync());
        Assert.Equal(1, await MakeAsync());
        Assert.Equal(0, await RunAsync("show", "--file", Card));

        var said = _output.ToString();
        Assert.Contains("123456789012345", said, StringComparison.Ordinal);
        Assert.Contains("2030-05-17", said, StringComparison.Ordinal);
        Assert.Contains("simulated", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("花子", said + _error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_says_that_the_card_is_simulated()
    {
        Assert.Equal(0, await RunAsync("--help"));
        Assert.Contains("SIMULATED", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("fly")]
    [InlineData("show")]
    [InlineData("show", "--file")]
    [InlineData("show", "--colour", "red")]
    [InlineData("show", "--file", "a", "--file", "b")]
    [InlineData("insert", "--file", "a", "--port", "70000")]
    public async Task Wrong_usage_is_exit_code_2(params string[] args)
    {
        Assert.Equal(2, await RunAsync(args));
        Assert.NotEmpty(_error.ToString());
    }

    [Fact]
    public async Task A_card_that_is_not_there_is_exit_code_1() => Assert.Equal(1, await RunAsync("show", "--file", Card));

    [Fact]
    public async Task A_malformed_serial_is_wrong_usage() => Assert.Equal(2, await MakeAsync(serial: "1"));

    [Fact]
    public async Task An_inserted_card_answers_until_the_end_of_input()
    {
        await MakeAsync();
        using var reader = new FakeReader();
        using var input = new BlockingInput();
        var inserting = VirtualCardCommands.RunAsync(
            ["insert", "--file", Card, "--port", $"{reader.Port}"], input, _output, _error, TestContext.Current.CancellationToken);
        await reader.AcceptAsync();
        Assert.Equal("9000", await reader.AskAsync("00A4040C0A" + CardBench.Jpki));

        input.End();

        Assert.Equal(0, await inserting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.Null(await reader.ReceiveAsync());
    }

    [Fact]
    public async Task An_inserted_card_is_taken_out_by_an_interrupt()
    {
        await MakeAsync();
        using var reader = new FakeReader();
        using var input = new BlockingInput();
        using var interrupt = new CancellationTokenSource();
        var inserting = VirtualCardCommands.RunAsync(
            ["insert", "--file", Card, "--port", $"{reader.Port}"], input, _output, _error, interrupt.Token);
        await reader.AcceptAsync();

        await interrupt.CancelAsync();

        Assert.Equal(0, await inserting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        Assert.Null(await reader.ReceiveAsync());
    }

    private Task<int> MakeAsync(string serial = "123456789012345")
    {
        File.WriteAllText(Authority, TestTerminal.Authority.ExportSubjectPublicKeyInfoPem());
        return RunAsync("make", "--file", Card, "--serial", serial, "--municipality", "13207", "--expires", "2030-05-17",
            "--name", "昭島 花子", "--address", "東京都昭島市", "--born", "1990-02-28", "--sex", "2", "--terminal-authority", Authority);
    }

    private Task<int> RunAsync(params string[] args) =>
        VirtualCardCommands.RunAsync(args, TextReader.Null, _output, _error, TestContext.Current.CancellationToken);

    /// <summary>A console nobody types at, until it ends.</summary>
    private sealed class BlockingInput : TextReader
    {
        private readonly ManualResetEventSlim _ended = new();

        public void End() => _ended.Set();

        public override string? ReadLine()
        {
            _ended.Wait();
            return null;
        }

        protected override void Dispose(bool disposing)
        {
            End();
            base.Dispose(disposing);
        }
    }
}
