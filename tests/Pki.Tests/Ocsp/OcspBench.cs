using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;
using Jpki.Pki.Keys;
using Jpki.Pki.Ocsp;

[assembly: AssemblyFixture(typeof(Jpki.Pki.Tests.Ocsp.OcspBench))]

namespace Jpki.Pki.Tests.Ocsp;

/// <summary>
/// Stores whose authorities begin now, since OCSP clients judge by the real time: each algorithm, with two generations of the signature
/// authority, and one issued certificate in each of them.
/// </summary>
public sealed class OcspBench : IDisposable
{
    private readonly TestFolder folder = new();

    public OcspBench()
    {
        Rsa = Stored(KeyAlgorithm.Rsa2048Sha256);
        Ecdsa = Stored(KeyAlgorithm.EcdsaP384Sha384);
    }

    public Authorities Rsa { get; }

    public Authorities Ecdsa { get; }

    public static TheoryData<KeyAlgorithm> Algorithms => new(Enum.GetValues<KeyAlgorithm>());

    public Authorities With(KeyAlgorithm algorithm) => algorithm == KeyAlgorithm.Rsa2048Sha256 ? Rsa : Ecdsa;

    /// <summary>The generations of the signature authority, oldest first.</summary>
    public IReadOnlyList<Authority> Signature(KeyAlgorithm algorithm) => [.. With(algorithm).All.Where(each => each.Kind == CertificateKind.Signature)];

    /// <summary>A certificate as it would be in a relying party's hands.</summary>
    /// <param name="number">Becomes the serial number.</param>
    public Octets Issue(KeyAlgorithm algorithm, Authority authority, int number) => StoreFixture.Issue(With(algorithm), Order(algorithm, authority, number));

    private CertificateOrder Order(KeyAlgorithm algorithm, Authority authority, int number) => TestData.Order(With(algorithm), authority.Kind) with
    {
        Serial = Serial(number),
        AuthorityKeyId = authority.KeyId,
        NotBefore = authority.NotBefore,
        NotAfter = Jst.EndOf(Jst.DayOf(authority.NotBefore).AddYears(5)),
    };

    public static SerialNumber Serial(int number) => SerialNumber.FromOctets([0x5A, 0, 0, 0, 0, 0, 0, (byte)number]);

    public void Dispose()
    {
        Rsa.Dispose();
        Ecdsa.Dispose();
        folder.Dispose();
    }

    private Authorities Stored(KeyAlgorithm algorithm)
    {
        var path = Path.Combine(folder.Path, algorithm.ToString());
        var settings = TestData.SettingsWith(algorithm);
        StoreFixture.Opened(AuthorityStore.Create(path, TestData.Passphrase, settings, TimeProvider.System)).Dispose();
        return StoreFixture.Opened(
            AuthorityStore.AddGeneration(path, TestData.Passphrase, settings, TimeProvider.System, [CertificateKind.Signature]));
    }
}

/// <summary>A register in memory.</summary>
internal sealed class MemoryRegister : IRevocationStatusSource
{
    private readonly Dictionary<SerialNumber, RegisteredCertificate> certificates = [];

    public Exception? Failure { get; set; }

    public MemoryRegister With(Authority authority, int number, RevocationStatus status)
    {
        certificates[OcspBench.Serial(number)] = new(
            OcspBench.Serial(number), authority.Kind, authority.KeyId, MunicipalityCode.Parse("13207"), authority.NotAfter, status);
        return this;
    }

    public Task<IReadOnlyDictionary<SerialNumber, RegisteredCertificate>> FindAsync(
        IReadOnlyCollection<SerialNumber> serials, CancellationToken cancellationToken) => Failure is null
        ? Task.FromResult<IReadOnlyDictionary<SerialNumber, RegisteredCertificate>>(
            serials.Where(certificates.ContainsKey).ToDictionary(each => each, each => certificates[each]))
        : Task.FromException<IReadOnlyDictionary<SerialNumber, RegisteredCertificate>>(Failure);
}

/// <summary>Keeps what it is told.</summary>
internal sealed class MemoryJournal : IResponderJournal
{
    private readonly Lock gate = new();
    private readonly List<ResponderCertificate> issued = [];
    private readonly List<Exception> failures = [];

    /// <summary>Thrown at whoever reports an issuance.</summary>
    public Exception? Failure { get; set; }

    public IReadOnlyList<ResponderCertificate> Issued
    {
        get
        {
            lock (gate)
                return [.. issued];
        }
    }

    public IReadOnlyList<Exception> Failures
    {
        get
        {
            lock (gate)
                return [.. failures];
        }
    }

    public Task IssuedAsync(ResponderCertificate certificate, CancellationToken cancellationToken)
    {
        if (Failure is { } failure)
            return Task.FromException(failure);
        lock (gate)
            issued.Add(certificate);
        return Task.CompletedTask;
    }

    public void RotationFailed(string authorityKeyId, Exception cause)
    {
        lock (gate)
            failures.Add(cause);
    }
}

/// <summary>A civil clock that is set by hand.</summary>
internal sealed class HandClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();
}
