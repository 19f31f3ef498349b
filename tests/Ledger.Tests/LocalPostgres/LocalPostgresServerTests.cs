using System.Diagnostics;
using System.Globalization;
using Jpki.Ledger.LocalPostgres;
using Jpki.Ledger.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Jpki.Ledger.Tests.LocalPostgres;

public sealed class LocalPostgresServerTests : IDisposable
{
    private const string Write = "create table if not exists kept (at int); insert into kept values (1)";
    private const string Count = "select count(*) from kept";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("fsync", "on")]
    [InlineData("synchronous_commit", "on")]
    [InlineData("full_page_writes", "on")]
    [InlineData("data_checksums", "on")]
    [InlineData("server_encoding", "UTF8")]
    [InlineData("TimeZone", "UTC")]
    [InlineData("max_connections", "100")]
    [InlineData("listen_addresses", "127.0.0.1")]
    [InlineData("unix_socket_directories", "")]
    public async Task It_keeps_what_it_acknowledged_and_listens_to_this_machine_only(string setting, string value)
    {
        var server = (LocalServer)(await TestContext.Current.GetFixture<LocalServer>())!;
        var connection = await server.CreateDatabaseAsync($"setting_{setting.ToLowerInvariant()}");

        Assert.Equal(value, await Sql.ScalarAsync<string>(connection, $"show {setting}"));
        Assert.Equal("C.UTF-8", await Sql.ScalarAsync<string>(connection, "select datcollate from pg_database where datname = current_database()"));
    }

    [Fact]
    public async Task The_password_is_needed_and_readable_by_the_owner_only()
    {
        await using var server = await StartAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(server.Folder, "password")));
        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = "guessed", Pooling = false }.ConnectionString;
        var refused = await Assert.ThrowsAsync<PostgresException>(() => Sql.ScalarAsync<int>(wrong, "select 1"));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [Fact]
    public async Task A_second_start_finds_the_data_of_the_first()
    {
        await using (var first = await StartAsync())
            await Sql.ExecuteAsync(first.ConnectionString, Write);

        await using var second = await StartAsync();

        Assert.Equal(1L, await Sql.ScalarAsync<long>(second.ConnectionString, Count));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_stopped_and_started_at_the_same_place_and_keeps_what_was_committed(bool immediate)
    {
        await using var server = await StartAsync();
        var connection = server.ConnectionString;
        await Sql.ExecuteAsync(connection, Write);

        await server.StopAsync(immediate, Cancellation);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Sql.ScalarAsync<long>(connection, Count));
        await server.StopAsync(immediate, Cancellation);
        await server.StartAgainAsync(Cancellation);

        Assert.Equal(connection, server.ConnectionString);
        Assert.Equal(1L, await Sql.ScalarAsync<long>(connection, Count));
    }

    [Fact]
    public async Task A_server_left_running_by_a_killed_owner_is_taken_over_with_its_data()
    {
        string left;
        await using (var owner = await StartAsync())
        {
            await Sql.ExecuteAsync(owner.ConnectionString, Write);
            left = owner.ConnectionString;
        }

        await LeaveRunningAsync(new NpgsqlConnectionStringBuilder(left).Port);
        Assert.Equal(1L, await Sql.ScalarAsync<long>(left, Count));
        await using var heir = await StartAsync();

        Assert.Equal(1L, await Sql.ScalarAsync<long>(heir.ConnectionString, Count));
        Assert.NotEqual(left, heir.ConnectionString);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => Sql.ScalarAsync<long>(left, Count));
    }

    [Fact]
    public async Task A_server_killed_at_once_with_its_owner_recovers()
    {
        await using (var owner = await StartAsync())
            await Sql.ExecuteAsync(owner.ConnectionString, Write);
        await LeaveRunningAsync(port: 0);
        using (var postmaster = Process.GetProcessById(PostmasterId()))
        {
            postmaster.Kill();
            await postmaster.WaitForExitAsync(Cancellation);
        }

        await using var heir = await StartAsync();

        Assert.Equal(1L, await Sql.ScalarAsync<long>(heir.ConnectionString, Count));
    }

    [Theory]
    [InlineData("1073741823")]
    [InlineData("a process of the same account")]
    public async Task A_stale_process_number_does_not_keep_the_server_from_starting(string number)
    {
        await using (var owner = await StartAsync())
            await Sql.ExecuteAsync(owner.ConnectionString, Write);
        using var stranger = new Stranger();
        var stale = number.All(char.IsAsciiDigit) ? number : stranger.Id.ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(PidFile, $"{stale}\n{Path.Combine(_folder.Path, "data")}\n1790000000\n5432\n\n127.0.0.1\n", Cancellation);

        await using var heir = await StartAsync();

        Assert.True(stranger.Lives);
        Assert.Equal(1L, await Sql.ScalarAsync<long>(heir.ConnectionString, Count));
    }

    [Fact]
    public async Task A_cluster_half_made_by_a_killed_process_is_made_anew()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "data.unfinished", "base"));

        await using var server = await StartAsync();

        Assert.Equal(1, await Sql.ScalarAsync<int>(server.ConnectionString, "select 1"));
        Assert.False(Directory.Exists(Path.Combine(_folder.Path, "data.unfinished")));
    }

    [Fact]
    public async Task A_second_owner_is_refused_and_the_first_keeps_its_server()
    {
        await using var first = await StartAsync();

        var refused = await Assert.ThrowsAsync<LocalPostgresException>(StartAsync);

        Assert.Contains(_folder.Path, refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await Sql.ScalarAsync<int>(first.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task Disposing_twice_does_not_stop_the_server_of_the_next_owner()
    {
        var first = await StartAsync();
        await first.DisposeAsync();
        await using var second = await StartAsync();

        await first.DisposeAsync();

        Assert.Equal(1, await Sql.ScalarAsync<int>(second.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task A_folder_whose_path_is_too_long_for_a_socket_and_has_blanks_and_Japanese_serves()
    {
        var folder = Path.Combine(_folder.Root, $"昭島市 {new string('x', 120)}", "pg");

        await using var server = await LocalPostgresServer.StartAsync(folder, NullLogger.Instance, Cancellation);

        Assert.Equal(folder, server.Folder);
        Assert.Equal(1, await Sql.ScalarAsync<int>(server.ConnectionString, "select 1"));
    }

    [Fact]
    public async Task For_root_a_folder_that_the_servers_account_cannot_reach_is_replaced_and_a_warning_says_so()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root lends the server another account.");
        var closed = Directory.CreateDirectory(Path.Combine(_folder.Root, "closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var elsewhere = Path.Combine(_folder.Root, "elsewhere");
        var log = new ListLogger();

        await using var server = await LocalPostgresServer.StartAsync(Path.Combine(closed.FullName, "pg"), elsewhere, log, Cancellation);

        Assert.StartsWith(elsewhere, server.Folder, StringComparison.Ordinal);
        Assert.Contains(log.Lines, line => line.Contains(closed.FullName, StringComparison.Ordinal) && line.Contains(server.Folder, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private string PidFile => Path.Combine(_folder.Path, "data", "postmaster.pid");

    private Task<LocalPostgresServer> StartAsync() => LocalPostgresServer.StartAsync(_folder.Path, NullLogger.Instance, Cancellation);

    private int PostmasterId() => int.Parse(File.ReadLines(PidFile).First(), CultureInfo.InvariantCulture);

    /// <summary>What a killed owner leaves behind: its server running, and nobody who holds the folder.</summary>
    private async Task LeaveRunningAsync(int port)
    {
        var folder = new ServerFolder(_folder.Path);
        await Tool.RequireAsync(
            ServerAccount.Choose(),
            PostgresBinaries.Find(folder.DataVersion).PgCtl,
            ["start", "-D", folder.Data, "-w", "-s", "-l", folder.Log, "-o", ServerSettings.For(port == 0 ? LocalPostgresServer.FreePort() : port)],
            folder.Root,
            Cancellation);
    }

    /// <summary>A program of the server's account that has nothing to do with it.</summary>
    private sealed class Stranger : IDisposable
    {
        private readonly Process _process;

        public Stranger()
        {
            var (program, arguments) = ServerAccount.Choose().Wrap("/usr/bin/sleep", ["600"]);
            _process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        }

        public int Id => _process.Id;

        public bool Lives => !_process.HasExited;

        public void Dispose()
        {
            _process.Kill();
            _process.Dispose();
        }
    }
}
