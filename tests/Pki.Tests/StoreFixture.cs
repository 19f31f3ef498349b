using Jpki.Domain;
using Jpki.Pki.Keys;
using Jpki.Pki.Profiles;

[assembly: AssemblyFixture(typeof(Jpki.Pki.Tests.StoreFixture))]

namespace Jpki.Pki.Tests;

/// <summary>Two stores, one for each algorithm, made once: making keys is slow.</summary>
public sealed class StoreFixture : IDisposable
{
    private readonly TestFolder rsa = new();
    private readonly TestFolder ecdsa = new();

    public StoreFixture()
    {
        Rsa = Opened(AuthorityStore.Create(rsa.Path, TestData.Passphrase, TestData.Settings, TestData.Clock));
        Ecdsa = Opened(AuthorityStore.Create(ecdsa.Path, TestData.Passphrase, TestData.EcdsaSettings, TestData.Clock));
    }

    public string RsaFolder => rsa.Path;

    public Authorities Rsa { get; }

    public Authorities Ecdsa { get; }

    public static TheoryData<KeyAlgorithm, CertificateKind> EveryProfile { get; } = new(
        from algorithm in Enum.GetValues<KeyAlgorithm>() from kind in Enum.GetValues<CertificateKind>() select (algorithm, kind));

    public static TimeProvider At(DateTimeOffset instant) => new TestData.FixedClock(instant);

    public static Authorities Opened(StoreResult result)
    {
        Assert.True(result is StoreOpened, (result as StoreRefused)?.Explanation);
        return ((StoreOpened)result).Authorities;
    }

    public Authorities With(KeyAlgorithm algorithm) => algorithm == KeyAlgorithm.Rsa2048Sha256 ? Rsa : Ecdsa;

    public Octets Issue(KeyAlgorithm algorithm, CertificateKind kind) => Issue(With(algorithm), TestData.Order(With(algorithm), kind));

    public static Octets Issue(Authorities authorities, CertificateOrder order)
    {
        var result = new CertificateIssuer(authorities, TestData.Settings).Issue(order);
        Assert.True(result is Issued, result is IssueRejected rejected ? string.Join(", ", rejected.Findings) : null);
        return ((Issued)result).Certificate;
    }

    public void Dispose()
    {
        Rsa.Dispose();
        Ecdsa.Dispose();
        rsa.Dispose();
        ecdsa.Dispose();
    }
}
