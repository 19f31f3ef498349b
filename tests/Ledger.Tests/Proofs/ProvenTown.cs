using System.IO.Pipelines;
using Jpki.Audit.Notes;
using Jpki.Audit.Verification;
using Jpki.Domain.Identifiers;
using Jpki.Ledger.Proofs;
using Jpki.Ledger.Tests.Support;
using Jpki.Pki.Notes;

namespace Jpki.Ledger.Tests.Proofs;

/// <summary>A ledger of its own whose record is proven, and an auditor with the public key.</summary>
internal sealed class ProvenTown : IAsyncDisposable, ICheckpointSigner
{
    private static int _count;
    private readonly Ed25519NoteSigner _key;
    private readonly OpenLedger _open;
    private readonly TreeKeeper _keeper;

    private ProvenTown(string connectionString, OpenLedger open)
    {
        (ConnectionString, _open) = (connectionString, open);
        _key = Ed25519NoteSigner.Generate(OriginOf(Municipality), NoteKeyKind.Ed25519);
        _keeper = new(open.Store);
        Tree = new(open.Store);
    }

    public static MunicipalityCode Municipality { get; } = MunicipalityCode.Parse("13207");

    public string ConnectionString { get; }

    public ResidentLedger Ledger => _open.Ledger;

    public OpenLedger Open => _open;

    public AuditTree Tree { get; }

    public IReadOnlyCollection<MunicipalityCode> Municipalities => [Municipality];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public static async Task<ProvenTown> OpenAsync(LocalServer server)
    {
        var database = await server.CreateDatabaseAsync($"proven_{Interlocked.Increment(ref _count)}");
        var town = new ProvenTown(database, await OpenLedger.OnAsync(database));
        await town._keeper.PrepareAsync(Now);
        return town;
    }

    public string OriginOf(MunicipalityCode municipality) => $"audit.example/{municipality}";

    public SignedNote Sign(MunicipalityCode municipality, Checkpoint checkpoint) => SignedNote.Sign(checkpoint.ToText(), _key);

    /// <summary>Residents with two events each.</summary>
    public async Task FillAsync(int from, int count)
    {
        foreach (var number in Enumerable.Range(from, count))
        {
            var resident = Given.Resident(number);
            await Ledger.AppendedAsync(resident, 0, Given.Command(2 * number), SampleEvents.Registration);
            await Ledger.AppendedAsync(resident, 1, Given.Command((2 * number) + 1), SampleEvents.NameChange);
        }
    }

    /// <summary>One page.</summary>
    public Task<int> KeepAsync() => _keeper.NextAsync(Now);

    /// <summary>Until every event has its leaf.</summary>
    public Task KeepAllAsync() => Eventually.TrueAsync(async () =>
    {
        while (await KeepAsync() > 0)
        {
            // As much as there is.
        }

        return await Sql.ScalarAsync<bool>(
            ConnectionString,
            "select coalesce(max(seq_id), 0) <= (select sequence from ledger.audit_tail) from ledger.mt_events where type <> 'tombstone'");
    });

    public async Task<Checkpoint> SignAsync()
    {
        var state = (await Tree.StateAsync(Municipality, Now))!;
        var checkpoint = new Checkpoint(OriginOf(Municipality), state.Size, state.Root, state.Sequence, Given.At.AddTicks(-(Given.At.Ticks % 10)).ToUniversalTime());
        Assert.True(await Tree.KeepAsync(Municipality, checkpoint, Sign(Municipality, checkpoint), Now));
        return checkpoint;
    }

    public async Task<byte[]> ExportAsync()
    {
        using var octets = new MemoryStream();
        var pipe = PipeWriter.Create(octets, new StreamPipeWriterOptions(leaveOpen: true));
        await new AuditExport(_open.Store, TimeProvider.System).WriteAsync(Municipality, OriginOf(Municipality), pipe, Now);
        await pipe.CompleteAsync();
        return octets.ToArray();
    }

    /// <summary>What an auditor finds in an export made now.</summary>
    public async Task<VerificationReport> VerifyAsync()
    {
        using var export = new MemoryStream(await ExportAsync());
        return await new ExportVerifier(new VerificationOptions(_key.Key), Ed25519Judge.Instance).VerifyAsync(export, cancellation: Now);
    }

    public ValueTask DisposeAsync() => _open.DisposeAsync();
}
