using System.Runtime.Versioning;
using System.Security.Cryptography;
using Jpki.Counter.Gateway.Cards;

namespace Jpki.Counter.Gateway.Tests.Cards;

public sealed class TerminalTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("terminal-");
    private readonly TerminalAuthority _authority = TerminalAuthority.Create();

    private string KeyFile => Path.Combine(_folder.FullName, "terminal.pem");

    private string CertificateFile => Path.Combine(_folder.FullName, "terminal.cert");

    [Fact]
    public void A_terminal_certificate_is_153_bytes_in_the_order_the_card_expects()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = _authority.Issue(TerminalCertificate.PointOf(key), "COUNTER-1", new DateOnly(2031, 3, 31));

        var body = certificate.Encode();

        Assert.Equal(153, body.Length);
        Assert.Equal(0x04, body[0]);
        Assert.Equal("COUNTER-1       20310331"u8, body.AsSpan(65, 24));
        using var authority = PublicKey(_authority.PublicKey);
        Assert.True(authority.VerifyData(body.AsSpan(0, 89), body.AsSpan(89), HashAlgorithmName.SHA256));

        var read = TerminalCertificate.Parse(body)!;
        Assert.Equal(("COUNTER-1", new DateOnly(2031, 3, 31)), (read.TerminalId, read.ValidUntil));
        Assert.True(read.IsSignedBy(authority));
        Assert.Null(TerminalCertificate.Parse(body.AsSpan(1)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("a password")]
    public void A_terminal_comes_back_from_its_files(string? password)
    {
        FileTerminal.Provision(_authority, "COUNTER-1", new DateOnly(2031, 3, 31), KeyFile, CertificateFile, password);
        using var terminal = FileTerminal.Load(KeyFile, CertificateFile, password);

        var signature = terminal.Sign("challenge"u8);

        Assert.Equal(64, signature.Length);
        using var key = PublicKey(terminal.Description.PublicKey);
        Assert.True(key.VerifyData("challenge"u8, signature, HashAlgorithmName.SHA256));
        Assert.Equal("COUNTER-1       "u8, terminal.Id.Span);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void The_key_is_readable_to_its_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead.");
        FileTerminal.Provision(_authority, "COUNTER-1", new DateOnly(2031, 3, 31), KeyFile, CertificateFile);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public void A_certificate_of_another_key_is_found_out_at_start_up()
    {
        FileTerminal.Provision(_authority, "COUNTER-1", new DateOnly(2031, 3, 31), KeyFile, CertificateFile);
        FileTerminal.Provision(_authority, "COUNTER-2", new DateOnly(2031, 3, 31), KeyFile + "2", CertificateFile + "2");
        Assert.Throws<InvalidDataException>(() => FileTerminal.Load(KeyFile, CertificateFile + "2"));
    }

    [Fact]
    public void An_authority_comes_back_from_its_PEM()
    {
        using var again = TerminalAuthority.FromPem(_authority.ExportPem());
        Assert.Equal(_authority.PublicKey, again.PublicKey);
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private static ECDsa PublicKey(byte[] point) => ECDsa.Create(new ECParameters
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[1..33], Y = point[33..] },
    });
}
