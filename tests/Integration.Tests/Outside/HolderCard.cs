using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using Jpki.Counter.Gateway.PcSc;
using Jpki.Domain;
using Jpki.Integration.Tests.Support;
using Jpki.Pki.Keys;
using Jpki.VirtualCard.Readers;

namespace Jpki.Integration.Tests.Outside;

/// <summary>
/// 利用者のカード: a card handed over at the counter, now in its holder's own reader. What is known of it here was read by OpenSC off the card,
/// and off the authorities' public pages.
/// </summary>
public sealed class HolderCard(TownHallFixture main) : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ReaderSlot _slot = null!;

    public TownHall Hall => main.Hall;

    internal Visit Visit { get; private set; } = null!;

    /// <summary>The environment in which a program finds this reader and no other: other tests' cards have tokens of the same names.</summary>
    internal Dictionary<string, string> AtReader => new()
    {
        [PrivatePcscd.SocketVariable] = main.Readers.SocketPath,
        ["OPENSC_CONF"] = In("opensc.conf"),
    };

    public async ValueTask InitializeAsync()
    {
        var person = await Hall.RegisterAsync();
        _slot = await main.Readers.RentAsync();
        await WriteOpenScSettingsAsync();
        Visit = new Visit(Hall, _slot, person, Hall.CardFor(person));
        await _slot.InsertAsync(Visit.Card);
        Visit.AssertCompleted(await Visit.HandOverAsync());
        foreach (var kind in Enum.GetValues<CertificateKind>())
        {
            await ReadCertificateAsync(kind);
            await FetchAuthorityAsync(kind);
        }

        await File.WriteAllTextAsync(
            BothAuthoritiesFile,
            await File.ReadAllTextAsync(AuthorityFile(CertificateKind.Signature), TestContext.Current.CancellationToken)
                + await File.ReadAllTextAsync(AuthorityFile(CertificateKind.UserAuthentication), TestContext.Current.CancellationToken),
            TestContext.Current.CancellationToken);
    }

    /// <summary>A file of this test's own.</summary>
    internal string In(string name) => _folder.In(name);

    /// <summary>The certificate as OpenSC read it, PEM.</summary>
    internal string CertificateFile(CertificateKind kind) => In($"{kind}.pem");

    /// <summary>The authority's certificate as fetched from its public page, PEM.</summary>
    internal string AuthorityFile(CertificateKind kind) => In($"{kind}-authority.pem");

    /// <summary>Both authorities' certificates, PEM: what an unwary relying party may trust for everything.</summary>
    internal string BothAuthoritiesFile => In("both-authorities.pem");

    internal X509Certificate2 Certificate(CertificateKind kind) => X509CertificateLoader.LoadCertificateFromFile(CertificateFile(kind));

    internal string CommonName(CertificateKind kind)
    {
        using var certificate = Certificate(kind);
        return certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }

    internal string Pin(CertificateKind kind) => Visit.Person.Pins[kind == CertificateKind.Signature ? PinKind.Signature : PinKind.UserAuthentication];

    /// <summary>The certificate policy of a kind, dotted decimal.</summary>
    internal static string PolicyOf(CertificateKind kind) => new AuthoritySettings().Of(kind).PolicyOid;

    /// <summary>The played time, by which everything here is valid or not.</summary>
    internal async Task<DateTimeOffset> NowAsync() => (await Hall.Line("auditor").LookAtAsync("clock")).Json["now"]!.GetValue<DateTimeOffset>();

    /// <summary>What OpenSSL takes for the time of a verification.</summary>
    internal async Task<string> AtTimeAsync() => (await NowAsync()).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await _slot.DisposeAsync();
        _folder.Dispose();
    }

    private Task WriteOpenScSettingsAsync()
    {
        var others = Readers.List().Where(name => name != _slot.Name).Select(name => $"\"{name}\"");
        return File.WriteAllTextAsync(In("opensc.conf"), $"app default {{\n  ignored_readers = {string.Join(", ", others)};\n}}\n", TestContext.Current.CancellationToken);
    }

    private async Task ReadCertificateAsync(CertificateKind kind)
    {
        const string PinVariable = "CARD_PIN";
        var id = Pkcs11.IdOf(kind);
        string[] unlock = kind == CertificateKind.Signature ? ["--verify-pin", "--auth-id", id, "--pin", $"env:{PinVariable}"] : [];
        var environment = AtReader;
        environment[PinVariable] = Pin(kind);
        var pem = await OutsideProgram.MustAsync("pkcs15-tool", [.. unlock, "--read-certificate", id], environment);
        await File.WriteAllTextAsync(CertificateFile(kind), pem[pem.IndexOf("-----BEGIN", StringComparison.Ordinal)..], TestContext.Current.CancellationToken);
    }

    private async Task FetchAuthorityAsync(CertificateKind kind)
    {
        using var http = new HttpClient { BaseAddress = Hall.Silo.PublicAddress };
        using var authority = X509CertificateLoader.LoadCertificate(await http.GetByteArrayAsync($"ca/{kind.PathName()}.cer", TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(AuthorityFile(kind), authority.ExportCertificatePem() + "\n", TestContext.Current.CancellationToken);
    }
}
