using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Jpki.Benchmarks.Peers;

/// <summary>An RSA-2048 authority in the files that peers read.</summary>
internal static class PeerAuthority
{
    /// <summary>Writes <c>ca.pem</c> and <c>ca-key.pem</c>.</summary>
    public static void Write(string folder)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=peer authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(10));
        File.WriteAllText(Path.Combine(folder, "ca.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "ca-key.pem"), key.ExportRSAPrivateKeyPem());
    }

    /// <summary>Writes a certificate of the authority in the same folder.</summary>
    public static void WriteCertificate(string folder, byte[] serial, string file)
    {
        using var issuer = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "ca.pem"), Path.Combine(folder, "ca-key.pem"));
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=somebody", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.Create(issuer, now.AddHours(-1), now.AddYears(1), serial);
        File.WriteAllText(Path.Combine(folder, file), certificate.ExportCertificatePem());
    }
}
