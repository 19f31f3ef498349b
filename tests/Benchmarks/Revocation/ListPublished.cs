using System.Diagnostics;
using System.Security.Cryptography;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;

namespace Jpki.Benchmarks.Revocation;

/// <summary>Publishing a very long list beside what cannot be left out: reading its rows and hashing its octets.</summary>
internal sealed class ListPublished : Measure
{
    private const int Entries = 1_000_000;
    private const int QuickEntries = 100_000;

    private Town _town = null!;
    private FilledRegister? _register;
    private byte[] _list = [];

    public override string Name => "list-of-a-million";

    public override string Unit => "s";

    public override string Note =>
        $"Ours: full lists of both authorities published by the administrator's job, {Entries:#,##0} entries in one of them ({QuickEntries:#,##0} with --quick), "
        + "built, signed, checked, stored. Baseline: the same rows read in order with Npgsql, one after the other, and the list's octets hashed once.";

    public override Bar Bar { get; } = new Bar.RatioAtMost(2);

    public override async Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        _town = await stage.TownAsync(cancellation);
        var silo = await stage.SiloAsync(cancellation);
        await _town.PublishListsAsync(cancellation);
        using var responder = await Responder.FindAsync(silo, cancellation);
        _register = await FilledRegister.OpenAsync(stage, responder.Issuer, cancellation);
        await _register.FillAsync(stage.IsQuick ? QuickEntries : Entries, cancellation);
        await _town.PublishListsAsync(cancellation);
        using var lists = new DeltaList(silo, responder.Issuer);
        _list = await lists.FullAsync(cancellation);
    }

    public override async Task<double> OursAsync(Round round, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await _town.PublishListsAsync(cancellation);
        return clock.Elapsed.TotalSeconds;
    }

    public override async Task<double?> BaselineAsync(Round round, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        await _register!.ReadAsync(cancellation);
        _ = SHA256.HashData(_list);
        return clock.Elapsed.TotalSeconds;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_register is not null)
            await _register.DisposeAsync();
        await base.DisposeAsync();
    }
}
