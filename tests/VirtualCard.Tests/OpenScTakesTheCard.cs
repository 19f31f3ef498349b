using System.Security.Cryptography.X509Certificates;
using Jpki.VirtualCard.Readers;
using Jpki.VirtualCard.Tests.Support;

namespace Jpki.VirtualCard.Tests;

/// <summary>A real pcscd, a real vpcd, and Debian's OpenSC, which knows the real card: none of it ours.</summary>
[Collection("Daemons")]
public sealed class OpenScTakesTheCard : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jpki-opensc-").FullName;
    private readonly CardBench _bench = new CardBench().Issued();
    private PrivatePcscd _daemon = null!;
    private VpcdConnection _inserted = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _daemon = await PrivatePcscd.StartAsync(new PcscdOptions { FirstPort = TestPorts.Take(2) }, Cancellation);
        _inserted = await VpcdConnection.InsertAsync(_bench.Card, new VpcdOptions { Port = _daemon.Ports[0] }, Cancellation);
        await ReaderList.WithCardAsync(_daemon);
    }

    public async ValueTask DisposeAsync()
    {
        await _inserted.DisposeAsync();
        await _daemon.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    [Trait("Rule", "D4")]
    public async Task It_is_a_jpki_card()
    {
        var name = await RunAsync("opensc-tool", "-n");

        Assert.Contains("jpki", name.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task It_shows_pins_keys_and_certificates()
    {
        var dump = await RunAsync("pkcs15-tool", "-D");

        string[] expected =
        [
            "User Authentication PIN", "Digital Signature PIN", "User Authentication Key", "Digital Signature Key",
            "User Authentication Certificate", "Digital Signature Certificate",
        ];
        foreach (var part in expected)
            Assert.Contains(part, dump.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reads_the_user_authentication_certificate_freely()
    {
        var read = await RunAsync("pkcs15-tool", "--read-certificate", "1");

        using var certificate = X509Certificate2.CreateFromPem(read.Output);
        Assert.Equal(_bench.In(CardBench.Jpki).Read("000A"), certificate.RawData);
    }

    [Fact]
    [Trait("Rule", "S16")]
    public async Task It_reads_the_signature_certificate_with_its_pin_only()
    {
        var without = await Tool.RunAsync("pkcs15-tool", _daemon.SocketPath, "--read-certificate", "2");
        Assert.DoesNotContain("BEGIN CERTIFICATE", without.Output, StringComparison.Ordinal);

        var read = await RunAsync("pkcs15-tool",
            "--verify-pin", "--auth-id", "2", "--pin", CardBench.SignaturePin, "--read-certificate", "2");

        var pem = read.Output[read.Output.IndexOf("-----BEGIN", StringComparison.Ordinal)..];
        using var certificate = X509Certificate2.CreateFromPem(pem);
        Assert.Equal("01", certificate.SerialNumber);
    }

    [Fact]
    public async Task It_verifies_the_right_pin_and_counts_wrong_ones()
    {
        await RunAsync("pkcs15-tool", "--verify-pin", "--auth-id", "1", "--pin", "1234");

        var wrong = await Tool.RunAsync("pkcs15-tool", _daemon.SocketPath, "--verify-pin", "--auth-id", "1", "--pin", "9999");

        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Equal(2, _bench.Card.Facts.TriesLeft["0018"]);
    }

    [Theory]
    [Trait("Rule", "S8")]
    [Trait("Rule", "S11")]
    [InlineData("1", "0", "1234", "000A", null)]
    [InlineData("2", "1", CardBench.SignaturePin, "0001", "001B")]
    public async Task What_it_signs_with_the_card_openssl_verifies(
        string id, string slot, string pin, string certificateFile, string? readPinFile)
    {
        var (data, signature, key) = (At("data"), At("signature"), At("key.pem"));
        await File.WriteAllTextAsync(data, "確定申告書", Cancellation);

        await RunAsync("pkcs11-tool", "--module", Pkcs11Module(), "--sign", "--id", id, "--slot-index", slot, "--login", "--pin", pin,
            "--mechanism", "SHA256-RSA-PKCS", "--input-file", data, "--output-file", signature);

        _bench.In(CardBench.Jpki);
        if (readPinFile is not null)
            Assert.Equal("9000", _bench.At(readPinFile).Verify(pin));
        using (var publicKey = _bench.Read(certificateFile).PublicKey())
            await File.WriteAllTextAsync(key, publicKey.ExportSubjectPublicKeyInfoPem(), Cancellation);
        string[] verify = ["dgst", "-sha256", "-verify", key, "-signature", signature, data];
        Assert.Equal("Verified OK", (await Tool.RunAsync("openssl", null, verify)).Output.Trim());
        await File.WriteAllTextAsync(data, "改竄", Cancellation);
        Assert.NotEqual(0, (await Tool.RunAsync("openssl", null, verify)).ExitCode);
    }

    private string At(string name) => Path.Combine(_folder, name);

    /// <summary>OpenSC's PKCS #11 library lies in a folder named after the machine's architecture.</summary>
    private static string Pkcs11Module() =>
        Directory.GetDirectories("/usr/lib", "*-linux-gnu*").Select(folder => Path.Combine(folder, "opensc-pkcs11.so")).First(File.Exists);

    private async Task<ToolResult> RunAsync(string program, params string[] arguments)
    {
        var result = await Tool.RunAsync(program, _daemon.SocketPath, arguments);
        Assert.True(result.ExitCode == 0, $"{program} ended with {result.ExitCode}: {result.All}");
        return result;
    }
}
