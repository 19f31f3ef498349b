using Jpki.Benchmarks.Audit;
using Jpki.Benchmarks.Certificates;
using Jpki.Benchmarks.Commands;
using Jpki.Benchmarks.Counting;
using Jpki.Benchmarks.Gateway;
using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Lifecycle;
using Jpki.Benchmarks.Peers;
using Jpki.Benchmarks.Revocation;
using Jpki.Pki.Keys;

namespace Jpki.Benchmarks;

/// <summary>All measures, in the order in which they are taken.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Measure> All { get; } =
    [
        new CertificatesSigned(KeyAlgorithm.Rsa2048Sha256, isChecked: false),
        new CertificatesSigned(KeyAlgorithm.Rsa2048Sha256, isChecked: true),
        new CertificatesSigned(KeyAlgorithm.EcdsaP384Sha384, isChecked: false),
        new CertificatesSigned(KeyAlgorithm.EcdsaP384Sha384, isChecked: true),
        new CommandsAcknowledged(Door.Grain, callers: 256, connections: 32, bar: 1.5),
        new CommandsAcknowledged(Door.Api, callers: 256, connections: 32, bar: 0.8),
        new CommandsAcknowledged(Door.Grain, callers: 1, connections: 1, bar: 0.6),
        new CommandsAcknowledged(Door.Api, callers: 1, connections: 1, bar: 0.6),
        new CommandCpu(Door.Grain),
        new CommandCpu(Door.Api),
        new CommandsAtHalfLoad(),
        new Issuance(besidePeer: false),
        new Issuance(besidePeer: true),
        new CommandsBesideMany(),
        new ColdActivation(),
        new ActivationOf(10),
        new ActivationOf(100),
        new ActivationOf(1000),
        new ResidentMemory(),
        new SiloStart(),
        new SiloMemory(),
        new GatewaySession(),
        new EventBytes(),
        new CertificatesThroughApi(),
        new OcspPresigned(),
        new OcspOnDemand(),
        new OcspBesidePeer(presigned: true),
        new OcspBesidePeer(presigned: false),
        new RevocationVisible(0.5, inDelta: false),
        new RevocationVisible(0.99, inDelta: false),
        new RevocationVisible(0.99, inDelta: true),
        new OneMoreRevocation(100),
        new OneMoreRevocation(10_000),
        new OneMoreRevocation(100_000),
        new ListPublished(),
        new ListMemory(),
        new VerifiedReplay(),
        new VerificationMemory(),
        new ResidentHistoryRead(),
        new LeavesBeside(),
        new StatisticsRebuilt(),
        new StatisticsLag(),
    ];

    /// <param name="words">None chooses all; otherwise a measure's name contains one of them.</param>
    public static IReadOnlyList<Measure> Choose(IReadOnlyCollection<string> words) =>
        [.. All.Where(measure => words.Count == 0 || words.Any(word => measure.Name.Contains(word, StringComparison.OrdinalIgnoreCase)))];
}
