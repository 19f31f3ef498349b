using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Pki.Notes;

namespace Jpki.Audit.Tool.Tests;

/// <summary>A witness vouches for what continues what it vouched for before, and for nothing else, whatever it is shown and however it died.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FakeLog _log = new(Enumerable.Range(0, 50).Select(each => TreeHash.OfLeaf([(byte)each]))) { Size = 10 };
    private readonly string _key;

    public WitnessTests() => _key = _folder.Write("log.key", InventedRecord.Signer.Key.ToString());

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Rule", "D5")]
    public async Task A_growing_log_is_cosigned_each_time_and_the_cosignature_is_good()
    {
        var witness = await KeyAsync();
        foreach (var size in new[] { 10, 11, 32, 50 })
        {
            _log.Size = size;
            Assert.Equal(0, (await LookAsync()).Code);

            Assert.True(_log.Cosignatures.TryDequeue(out var handedIn));
            Assert.StartsWith($"size {size}\n— witness.example ", handedIn, StringComparison.Ordinal);
            Assert.True(SignedNote.TryParse(_log.Checkpoint() + handedIn[(handedIn.IndexOf('\n') + 1)..], out var note));
            Assert.NotNull(Cosignature.SignedAt(note, witness, Ed25519Judge.Instance));
        }
    }

    [Fact]
    public async Task A_forked_log_is_not_cosigned()
    {
        await KeyAsync();
        await LookAsync();
        _log.Fork(5);
        _log.Size = 20;

        var run = await LookAsync();

        Assert.Equal(1, run.Code);
        Assert.Contains("NotConsistent", run.Output, StringComparison.Ordinal);
        Assert.Single(_log.Cosignatures);
    }

    [Fact]
    public async Task Another_root_for_the_same_size_is_not_cosigned()
    {
        await KeyAsync();
        await LookAsync();
        _log.Fork(5);

        var run = await LookAsync();

        Assert.Equal(1, run.Code);
        Assert.Contains("TwoRoots", run.Output, StringComparison.Ordinal);
        Assert.Single(_log.Cosignatures);
    }

    [Fact]
    public async Task A_log_that_was_rolled_back_is_not_cosigned()
    {
        await KeyAsync();
        await LookAsync();
        _log.Size = 9;

        var run = await LookAsync();

        Assert.Equal(1, run.Code);
        Assert.Contains("RolledBack", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cosignature_that_did_not_arrive_is_handed_in_again_and_is_the_same()
    {
        await KeyAsync();
        _log.IsDeaf = true;
        Assert.Equal(3, (await LookAsync()).Code);
        var remembered = await File.ReadAllTextAsync(_folder["state"], TestContext.Current.CancellationToken);

        _log.IsDeaf = false;
        Assert.Equal(0, (await LookAsync()).Code);

        Assert.True(_log.Cosignatures.TryDequeue(out var handedIn));
        Assert.Contains(handedIn.Split('\n')[1], remembered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_that_is_damaged_or_another_ones_is_not_gone_on_from()
    {
        await KeyAsync();
        await LookAsync();
        var state = await File.ReadAllTextAsync(_folder["state"], TestContext.Current.CancellationToken);

        _folder.Write("state", state.Replace("\n10\n", "\n11\n", StringComparison.Ordinal));
        Assert.Equal(3, (await LookAsync()).Code);
        _folder.Write("state", "");
        Assert.Equal(3, (await LookAsync()).Code);
        Assert.Single(_log.Cosignatures);
    }

    [Fact]
    public async Task Two_at_once_with_one_state_are_one_too_many()
    {
        await KeyAsync();
        using (new FileStream(_folder["state.lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            Assert.Equal(3, (await LookAsync()).Code);

        Assert.Equal(0, (await LookAsync()).Code);
    }

    [Fact]
    public async Task A_key_is_made_once_and_read_by_its_owner_only()
    {
        await KeyAsync();

        Assert.Equal(2, (await ToolRun.Of("witness-key", "--name", "witness.example", "--key-file", _folder["witness.secret"])).Code);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(_folder["witness.secret"]).UnixFileMode);
    }

    [Fact]
    public async Task It_goes_on_looking_until_it_is_told_to_end()
    {
        await KeyAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = ToolRun.Of(TimeProvider.System, "en", end.Token, [.. Arguments(), "--every", "1"]);

        await Until(() => !_log.Cosignatures.IsEmpty);
        _log.Size = 20;
        await Until(() => _log.Cosignatures.Count > 1);
        await end.CancelAsync();

        Assert.Equal(0, (await running).Code);
    }

    [Fact]
    public async Task A_live_systems_checkpoint_is_fetched_judged_and_kept_and_its_export_verified()
    {
        var record = InventedRecord.Of(20);
        var leaves = record.Lines.OfType<Records.ExportedEvent>().Select(GivenExport.Leaf).ToList();
        using var log = new FakeLog(leaves) { Size = 5, Export = GivenExport.Compressed(record.ToOctets()) };
        var (token, where) = (_folder.Write("token", "auditor\n"), (string[])["--municipality", "13207", "--key", _key]);

        Assert.Equal(0, (await ToolRun.Of(["checkpoint", "--server", log.Address, "--out", _folder["kept"], .. where])).Code);
        Assert.Equal(log.Checkpoint(), await File.ReadAllTextAsync(_folder["kept"], TestContext.Current.CancellationToken));
        Assert.Equal(0, (await ToolRun.Of("export", "--server", log.Address, "--municipality", "13207", "--token-file", token, "--out", _folder["export"])).Code);
        Assert.Equal(0, (await ToolRun.Of("verify", _folder["export"], "--key", _key)).Code);
        Assert.Equal(3, (await ToolRun.Of(["verify", log.Address, .. where])).Code);
        // What the public side hands out is not in the export.
        Assert.Contains("KnownCheckpointMissing", (await ToolRun.Of(["verify", log.Address, "--token-file", token, .. where])).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await ToolRun.Of("replay", "--all", "--server", log.Address, "--municipality", "13207", "--token-file", token)).Code);
    }

    private async Task<NoteKey> KeyAsync()
    {
        var run = await ToolRun.Of("witness-key", "--name", "witness.example", "--key-file", _folder["witness.secret"]);
        Assert.True(NoteKey.TryParse(run.Output.Trim(), out var key), run.Error);
        return key;
    }

    private Task<ToolRun> LookAsync() => ToolRun.Of([.. Arguments(), "--once"]);

    private string[] Arguments() =>
        ["witness", "--log", _log.Address, "--municipality", "13207", "--key", _key, "--key-file", _folder["witness.secret"], "--state", _folder["state"]];

    private static async Task Until(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!condition())
            await Task.Delay(20, deadline.Token);
    }
}
