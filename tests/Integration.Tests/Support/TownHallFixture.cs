using System.Runtime.Versioning;
using Jpki.Audit.Notes;
using Jpki.Integration.Tests.Support;
using Jpki.Pki.Notes;
using Xunit.Sdk;

[assembly: SupportedOSPlatform("linux")]
[assembly: AssemblyFixture(typeof(TownHallFixture))]

// A process can talk to one PC/SC daemon at a time, and two cores carry one town hall at a time.
[assembly: Xunit.v3.Parallelization(Mode = ParallelMode.None)]

namespace Jpki.Integration.Tests.Support;

/// <summary>The town hall of all tests that leave its processes and its clock alone.</summary>
public sealed class TownHallFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>A witness whose cosignatures the silo takes.</summary>
    internal static Ed25519NoteSigner Witness { get; } = Ed25519NoteSigner.Generate("witness.example", NoteKeyKind.Cosignature);

    public TownHall Hall { get; private set; } = null!;

    public ReaderHall Readers { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Readers = await ReaderHall.OpenAsync(12, _folder.In("pcscd"));
        Hall = await TownHall.OpenAsync(
            Readers, ("Audit__CheckpointEvery", "00:00:01"), ("Audit__Witnesses__0", Witness.Key.ToString()));
    }

    public async ValueTask DisposeAsync()
    {
        await Hall.DisposeAsync();
        await Readers.DisposeAsync();
        _folder.Dispose();
    }
}
