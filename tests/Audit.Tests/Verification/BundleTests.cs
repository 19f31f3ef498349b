using System.Buffers;
using Jpki.Audit.Merkle;
using Jpki.Audit.Notes;
using Jpki.Audit.Records;
using Jpki.Audit.Tests.Support;
using Jpki.Audit.Verification;
using Jpki.Pki.Notes;

namespace Jpki.Audit.Tests.Verification;

/// <summary>A bundle proves its one event and nothing else, without server or export.</summary>
public sealed class BundleTests
{
    private static readonly VerificationOptions _options = new(InventedRecord.Signer.Key) { Witnesses = [InventedRecord.Witness.Key] };

    private static readonly IReadOnlyList<ExportedEvent> _events = [.. InventedTown.Events(20).Select((each, index) => InventedTown.Line(index, each))];

    [Theory]
    [InlineData(0)]
    [InlineData(37)]
    [InlineData(99)]
    public void Every_event_is_proven_by_its_bundle(int index)
    {
        var read = ProofBundle.Parse(Octets(Bundle(index)));

        Assert.NotNull(read);
        Assert.Empty(BundleVerifier.Verify(read, _options, Ed25519Judge.Instance));
    }

    [Fact]
    public void Anything_else_is_not()
    {
        var bundle = Bundle(37);
        AssertFound("NotIncluded", bundle with { Event = bundle.Event with { Version = 77 } });
        AssertFound("NotIncluded", bundle with { Event = bundle.Event with { Index = 38 } });
        AssertFound("NotIncluded", bundle with { Hashes = [.. bundle.Hashes.Skip(1)] });
        AssertFound("NotIncluded", bundle with { Size = 99 });
        AssertFound("CheckpointNotSigned", bundle with { Checkpoint = bundle.Checkpoint.Replace("\n100\n", "\n101\n", StringComparison.Ordinal) });
        AssertFound("CheckpointUnreadable", bundle with { Checkpoint = "" });
        var stranger = Ed25519NoteSigner.Generate("stranger.example", NoteKeyKind.Cosignature);
        Assert.Equal(["NeverCosigned"], BundleVerifier.Verify(bundle, _options with { Witnesses = [stranger.Key] }, Ed25519Judge.Instance).Select(each => each.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"format":"jpki-proof/2"}""")]
    [InlineData("""{"format":"jpki-proof/1","event":{},"index":0,"size":1,"hashes":[],"checkpoint":""}""")]
    [InlineData("""{"format":"jpki-proof/1","event":7,"index":"x","size":1,"hashes":[1],"checkpoint":1}""")]
    public void What_is_no_bundle_is_not_read(string text) => Assert.Null(ProofBundle.Parse(System.Text.Encoding.UTF8.GetBytes(text)));

    private static ProofBundle Bundle(int index)
    {
        var leaves = _events.Take(InventedRecord.Pace).Select(GivenExport.Leaf).ToArray();
        var note = InventedRecord.Proven([.. _events.Take(InventedRecord.Pace)]).OfType<ExportedCheckpoint>().Single().Note;
        return new(_events[index], leaves.Length, ProofPlan.Inclusion(index, leaves.Length).Assemble(node => Hash(leaves, node)), note);
    }

    private static TreeHash Hash(TreeHash[] leaves, TreeNode node)
    {
        var tree = new TreeFrontier();
        foreach (var leaf in leaves.AsSpan((int)node.Start, 1 << node.Level))
            tree.Add(leaf);
        return tree.Root;
    }

    private static byte[] Octets(ProofBundle bundle)
    {
        var buffer = new ArrayBufferWriter<byte>();
        bundle.Write(buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static void AssertFound(string code, ProofBundle bundle) =>
        Assert.Contains(code, BundleVerifier.Verify(bundle, _options, Ed25519Judge.Instance).Select(each => each.Code));
}
