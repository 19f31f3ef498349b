using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;
using Jpki.Grains;
using Jpki.Silo.Journal;
using Jpki.Silo.Tests.Journal;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.TestingHost;

namespace Jpki.Silo.Tests.Grains;

/// <summary>Alone, so that a silo's own work does not stand in another test's measurements.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class GrainTests : ICollectionFixture<GrainBench>
{
    public const string Name = "grains";
}

/// <summary>A silo in the test's own process, with everything around the grains supplied by the test.</summary>
public sealed class GrainBench : IAsyncLifetime
{
    public static readonly Actor Clerk = new("clerk-1", Role.Clerk, OfficeCode.Parse("132070001"));
    public static readonly Actor CallCentre = new("call-centre-1", Role.CallCentre, null);

    private InProcessTestCluster? _cluster;

    internal FakeLedger Ledger { get; } = new();

    internal FakeIssuance Issuance { get; } = new();

    internal FakeEvidence Evidence { get; } = new();

    internal FakeJournal Journal { get; } = new();

    internal FakeProofs Proofs { get; } = new();

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            AddContract(silo.Services);
            silo.Services
                .AddSingleton<IResidentLedger>(Ledger).AddSingleton<IIssuance>(Issuance).AddSingleton<IEvidenceRoom>(Evidence)
                .AddSingleton<IMunicipalities>(new FakeTown()).AddSingleton<ICivilClock>(new FixedClock()).AddSingleton<IProofs>(Proofs)
                .AddSingleton<IJournal>(Journal).AddSingleton<OfficeJournal>().AddSingleton<IIncomingGrainCallFilter, JournalledAttempts>();
        });
        builder.ConfigureClient(client => AddContract(client.Services));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }

    internal static CommandEnvelope By(ResidentCommand command) => new(new(Guid.CreateVersion7()), command);

    /// <summary>Under the application, for the n-th key.</summary>
    internal static CommandEnvelope Request(CommandId application, byte n) =>
        By(new RequestCertificate(application, CertificateKind.UserAuthentication, Octets.From([0x30, n])));

    internal Task<ResidentAnswer> SubmitAsync(ResidentId resident, CommandEnvelope envelope, Actor? by = null) =>
        Grain(resident).Handle(new ResidentMessage.Submit(envelope, by ?? Clerk));

    internal Task<ResidentAnswer> WeighAsync(ResidentId resident, CommandEnvelope envelope) =>
        Grain(resident).Handle(new ResidentMessage.Weigh(envelope, Clerk));

    private IResidentGrain Grain(ResidentId resident) => _cluster!.Client.GetGrain<IResidentGrain>(resident.Value);

    private static void AddContract(IServiceCollection services) => services.AddSerializer(serializer => serializer.AddJsonSerializer(
        type => type.Assembly == typeof(Contract).Assembly, new JsonSerializerOptions(Contract.Options)));
}

/// <summary>昭島市 with one office, at ten o'clock on a working day.</summary>
internal sealed class FakeTown : IMunicipalities
{
    private static readonly Municipality _akishima = new(
        MunicipalityCode.Parse("13207"), "東京都", "昭島市", "Tokyo-to", "Akishima-shi",
        [new(OfficeCode.Parse("132070001"), "市役所本庁", "City hall")],
        [new(new DateOnly(2016, 1, 1), RuleSet.Akishima2018)]);

    public IReadOnlyCollection<Municipality> All => [_akishima];

    public Municipality? Find(MunicipalityCode code) => code == _akishima.Code ? _akishima : null;
}

internal sealed class FixedClock : ICivilClock
{
    public DateTimeOffset Now { get; } = new(2026, 6, 1, 10, 0, 0, TimeSpan.FromHours(9));
}

internal sealed class FakeProofs : IProofs
{
    public bool AreKept { get; set; } = true;
}

internal sealed class FakeEvidence : IEvidenceRoom
{
    public Func<bool> Holds { get; set; } = () => true;

    public Task<bool> HoldsAsync(MunicipalityCode municipality, IReadOnlyCollection<Evidence> evidence) => Task.FromResult(Holds());
}
