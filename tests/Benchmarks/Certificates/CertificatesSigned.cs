using Jpki.Benchmarks.Harness;
using Jpki.Benchmarks.Stages;
using Jpki.Domain;
using Jpki.Domain.Rules;
using Jpki.Pki.Keys;
using Jpki.Pki.Profiles;

namespace Jpki.Benchmarks.Certificates;

/// <summary>How much of the key's own speed is left when each signature becomes a certificate.</summary>
/// <param name="isChecked">Also checked before and after, as every certificate that leaves.</param>
internal sealed class CertificatesSigned(KeyAlgorithm algorithm, bool isChecked) : Measure
{
    private const int Orders = 1000;

    private Authorities _authorities = null!;
    private CertificateIssuer _issuer = null!;
    private CertificateAssembly _assembly = null!;
    private CertificateOrder[] _orders = [];

    // As long as what is signed in the certificate of the order at the same place.
    private byte[][] _data = [];

    public override string Name =>
        (isChecked ? "certificates-checked-" : "certificates-signed-") + (algorithm == KeyAlgorithm.Rsa2048Sha256 ? "rsa-2048" : "ecdsa-p384");

    public override string Unit => "certificates/s";

    public override string Note =>
        (isChecked
            ? "Ours: CertificateIssuer.Issue, that is the order's check, assembling, signing, and the profile check with the signature verified. "
            : "Ours: assembled and signed. ")
        + "Baseline: ISigningKey.Sign with the same keys on data of the same size. Both kinds in turn, a thread a core on both sides.";

    public override Bar Bar => isChecked ? new Bar.None() : new Bar.RatioAtLeast(0.9);

    public override Task PrepareAsync(Stage stage, CancellationToken cancellation)
    {
        var policy = new AuthoritySettings();
        var settings = policy with
        {
            Signature = policy.Signature with { KeyAlgorithm = algorithm },
            UserAuthentication = policy.UserAuthentication with { KeyAlgorithm = algorithm },
        };
        var clock = new FixedClock(new(2026, 4, 1, 9, 0, 0, Jst.Offset));
        var opened = AuthorityStore.Create(stage.Folder(Name), "a passphrase of the benchmark", settings, clock);
        _authorities = ((StoreOpened)opened).Authorities;
        _issuer = new(_authorities, settings);
        _assembly = new(settings);
        _orders = PreparedOrders.Of(_authorities, Orders);
        _data = [.. _orders.Select(order => new byte[Issue(order).Length - SignatureLength])];
        return Task.CompletedTask;
    }

    public override Task<double> OursAsync(Round round, CancellationToken cancellation) =>
        Task.FromResult(Pace.OfThreads(Environment.ProcessorCount, round.Length, number => Make(_orders[number % Orders])));

    public override Task<double?> BaselineAsync(Round round, CancellationToken cancellation) =>
        Task.FromResult<double?>(Pace.OfThreads(Environment.ProcessorCount, round.Length, number =>
            _authorities.For(_orders[number % Orders].Kind, _orders[number % Orders].NotBefore).Key.Sign(_data[number % Orders])));

    public override ValueTask DisposeAsync()
    {
        _authorities?.Dispose();
        return base.DisposeAsync();
    }

    private int SignatureLength => algorithm == KeyAlgorithm.Rsa2048Sha256 ? 256 : 104;

    private Octets Make(CertificateOrder order) => isChecked ? Issue(order) : _assembly.Sign(order, _authorities.ByKeyId(order.AuthorityKeyId)!);

    private Octets Issue(CertificateOrder order) => _issuer.Issue(order) switch
    {
        Issued issued => issued.Certificate,
        IssueRejected rejected => throw new InvalidOperationException(string.Join(", ", rejected.Findings)),
        _ => throw new InvalidOperationException("An order is issued or rejected."),
    };

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
    }
}
