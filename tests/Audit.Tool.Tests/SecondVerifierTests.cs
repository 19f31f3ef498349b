using System.Buffers;
using System.Text;
using System.Text.Json;
using Jpki.Audit.Merkle;
using Jpki.Audit.Records;

namespace Jpki.Audit.Tool.Tests;

/// <summary>Two verifiers that share nothing come to the same verdict: the format is a format, and not our code (D5, B1).</summary>
public sealed class SecondVerifierTests(SecondVerifier second) : IClassFixture<SecondVerifier>, IDisposable
{
    private const long Middle = 250;

    // Go's reader of hashes takes base64 as it is, without escapes.
    private static readonly JsonSerializerOptions _plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TestFolder _folder = new();
    private readonly InventedRecord _record = InventedRecord.Of(40);

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Tamperings => [.. _tamperings.Keys];

    private static readonly Dictionary<string, Action<InventedRecord>> _tamperings = new()
    {
        ["a body"] = record => record.Change(Middle, line => line with { Body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line.Body.Span).Insert(1, " ")) }),
        ["a header"] = record => record.Change(Middle, line => line with { Headers = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(line.Headers.Span).Insert(1, " ")) }),
        ["a timestamp"] = record => record.Change(Middle, line => line with { RecordedAt = line.RecordedAt.AddMicroseconds(1) }),
        ["a type with its leaf"] = record => record.Change(Middle, line => Fitting(line with { Type = "card-ended.v1" })),
        ["a version with its leaf"] = record => record.Change(Middle, line => Fitting(line with { Version = line.Version + 1 })),
        ["a salt with its leaf"] = record => record.Change(Middle, line => Fitting(line with { Salt = new byte[LeafRecord.SaltSize] })),
        ["an event removed"] = record => record.Change(Middle, line => new MissingEvent(line.Index, line.Sequence, line.Leaf!.Value)),
        ["an event removed with its leaf"] = record => record.Lines.RemoveAt(record[Middle]),
        ["the last event removed"] = record => record.Lines.RemoveAt(record[record.Events - 1]),
        ["an event inserted"] = record => record.Lines.Insert(record[Middle], new StrayEvent(3, "13207-00000003", 1, "card-ended.v1")),
        ["two events reordered"] = record => (record.Lines[record[Middle]], record.Lines[record[Middle + 1]]) = (record.Lines[record[Middle + 1]], record.Lines[record[Middle]]),
        ["checkpoints removed"] = record => record.Lines.RemoveAll(each => each is ExportedCheckpoint),
        ["a checkpoint altered"] = record => Checkpoint(record, note => note.Replace("\nat 2026", "\nat 2027", StringComparison.Ordinal)),
        ["a cosignature altered"] = record => Checkpoint(record, note => note.Replace("witness.example ", "witness.example A", StringComparison.Ordinal)),
        ["the end cut off"] = record => record.Lines.RemoveAt(record.Lines.Count - 1),
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_good_export_is_good_to_both(bool compressed)
    {
        var octets = _record.ToOctets();
        var file = _folder.Write("export", compressed ? GivenExport.Compressed(octets) : octets);

        Assert.Equal(0, await OursAsync(file));
        Assert.Equal((0, "good\n"), second.Verify("export", file, InventedRecord.Signer.Key, InventedRecord.Witness.Key));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_masked_body_is_good_to_both_when_it_is_announced_and_to_neither_when_not(bool announced)
    {
        var record = announced ? InventedRecord.WithMasked(40, Middle, Mask) : _record;
        if (!announced)
            record.Change(Middle, line => GivenExport.Masked(line, Mask(Encoding.UTF8.GetString(line.Body.Span))));
        var file = _folder.Write("export", record.ToOctets());

        Assert.Equal(announced ? 0 : 1, await OursAsync(file));
        Assert.Equal(announced ? 0 : 1, second.Verify("export", file, InventedRecord.Signer.Key).Code);

        static string Mask(string body) => body.Replace("昭島", "＊＊", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Tamperings))]
    [Trait("Rule", "B1")]
    public async Task Whatever_is_tampered_with_is_found_by_both(string what)
    {
        _tamperings[what](_record);
        var file = _folder.Write("export", _record.ToOctets());

        Assert.Equal(1, await OursAsync(file));
        Assert.Equal(1, second.Verify("export", file, InventedRecord.Signer.Key, InventedRecord.Witness.Key).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(77)]
    [InlineData(199)]
    public async Task A_bundle_is_proven_to_both_and_an_altered_one_to_neither(int index)
    {
        var good = _folder.Write("good.json", Octets(Bundle(index)));
        var bad = _folder.Write("bad.json", Octets(Bundle(index) with { Event = Bundle(index).Event with { Version = 99 } }));

        Assert.Equal((0, 0), ((await ToolRun.Of("proof", good, "--key", $"{InventedRecord.Signer.Key}")).Code, second.Verify("bundle", good, InventedRecord.Signer.Key, InventedRecord.Witness.Key).Code));
        Assert.Equal((1, 1), ((await ToolRun.Of("proof", bad, "--key", $"{InventedRecord.Signer.Key}")).Code, second.Verify("bundle", bad, InventedRecord.Signer.Key).Code));
    }

    [Theory]
    [InlineData(1, 200)]
    [InlineData(64, 129)]
    [InlineData(100, 200)]
    [InlineData(150, 151)]
    public void A_proof_of_consistency_is_one_to_both(int from, int to)
    {
        var leaves = Leaves();
        var hashes = ProofPlan.Consistency(from, to).Assemble(node => Root(leaves.AsSpan((int)node.Start, 1 << node.Level)));
        var (before, after) = (Root(leaves.AsSpan(0, from)), Root(leaves.AsSpan(0, to)));

        Assert.True(Proofs.Continues(from, before, to, after, hashes));
        Assert.Equal(0, second.Verify("consistency", Proof(from, before, to, after, hashes)).Code);
        Assert.Equal(1, second.Verify("consistency", Proof(from, after, to, after, hashes)).Code);
    }

    private string Proof(int from, TreeHash before, int to, TreeHash after, IReadOnlyList<TreeHash> hashes) => _folder.Write("proof.json", JsonSerializer.Serialize(
        new { from, fromRoot = before.ToBase64(), to, toRoot = after.ToBase64(), hashes = hashes.Select(each => each.ToBase64()) }, _plain));

    private static async Task<int> OursAsync(string file) =>
        (await ToolRun.Of("verify", file, "--key", $"{InventedRecord.Signer.Key}", "--witness", $"{InventedRecord.Witness.Key}")).Code;

    private static ExportedEvent Fitting(ExportedEvent line) => line with { Leaf = GivenExport.Leaf(line) };

    private static void Checkpoint(InventedRecord record, Func<string, string> change)
    {
        var place = record.Lines.FindIndex(each => each is ExportedCheckpoint);
        record.Lines[place] = new ExportedCheckpoint(change(((ExportedCheckpoint)record.Lines[place]).Note));
    }

    private ProofBundle Bundle(int index)
    {
        var note = _record.Lines.OfType<ExportedCheckpoint>().ElementAt(1).Note;
        var leaves = Leaves();
        return new((ExportedEvent)_record.Lines[_record[index]], 200, ProofPlan.Inclusion(index, 200).Assemble(node => Root(leaves.AsSpan((int)node.Start, 1 << node.Level))), note);
    }

    private TreeHash[] Leaves() => [.. _record.Lines.OfType<ExportedEvent>().Take(200).Select(GivenExport.Leaf)];

    private static byte[] Octets(ProofBundle bundle)
    {
        var buffer = new ArrayBufferWriter<byte>();
        bundle.Write(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static TreeHash Root(ReadOnlySpan<TreeHash> leaves)
    {
        var tree = new TreeFrontier();
        foreach (var leaf in leaves)
            tree.Add(leaf);
        return tree.Root;
    }
}
