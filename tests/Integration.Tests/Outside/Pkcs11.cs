using Jpki.Domain;

namespace Jpki.Integration.Tests.Outside;

/// <summary>The card as OpenSC's PKCS#11 module shows it: a token for each kind, because each has a PIN of its own.</summary>
internal static class Pkcs11
{
    /// <summary>OpenSC's PKCS#11 module, wherever the distribution's architecture puts it.</summary>
    public static string Module { get; } =
        Directory.GetDirectories("/usr/lib").Append("/usr/lib").Select(folder => Path.Combine(folder, "opensc-pkcs11.so")).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("OpenSC's PKCS#11 module is missing (Debian package opensc-pkcs11).");

    public static string IdOf(CertificateKind kind) => kind == CertificateKind.Signature ? "2" : "1";

    /// <summary>The address of a private key (RFC 7512).</summary>
    public static string KeyOf(CertificateKind kind) => kind == CertificateKind.Signature
        ? "pkcs11:token=JPKI%20%28Digital%20Signature%20PIN%29;id=%02;type=private"
        : "pkcs11:token=JPKI%20%28User%20Authentication%20PIN%29;id=%01;type=private";
}
