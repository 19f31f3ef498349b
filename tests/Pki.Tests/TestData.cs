using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Tests;

/// <summary>Fixed residents, orders and keys. Every name is invented.</summary>
internal static class TestData
{
    public const string Passphrase = "correct horse battery staple";

    public static readonly DateTimeOffset Now = new(2026, 4, 1, 9, 30, 15, Jst.Offset);

    public static readonly AuthoritySettings Settings = new();

    public static readonly AuthoritySettings EcdsaSettings = new()
    {
        Signature = new(Settings.Signature.PolicyOid, KeyAlgorithm.EcdsaP384Sha384),
        UserAuthentication = new(Settings.UserAuthentication.PolicyOid, KeyAlgorithm.EcdsaP384Sha384),
    };

    public static AuthoritySettings SettingsWith(KeyAlgorithm algorithm) => algorithm == KeyAlgorithm.Rsa2048Sha256 ? Settings : EcdsaSettings;

    public static readonly TimeProvider Clock = new FixedClock(Now);

    public static string Text(string name)
    {
        using var reader = new StreamReader(typeof(TestData).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>The key on the resident's card; the caller disposes it.</summary>
    public static RSA HolderKey()
    {
        var key = RSA.Create();
        key.ImportFromPem(Text("holder-key.pem"));
        return key;
    }

    public static Octets HolderPublicKey()
    {
        using var key = HolderKey();
        return Octets.From(key.ExportSubjectPublicKeyInfo());
    }

    public static CertifiedHolder Holder { get; } =
        new("公的〓太郎", "00100", "東京都昭島市田中町一丁目１７番１号", "00000000000000000", new(1989, 1, 8), Sex.Female);

    public static CertificateOrder SignatureOrder(Authorities authorities) => new(
        SerialNumber.Parse("0102030405060708090a0b0c0d0e0f10"),
        CertificateKind.Signature,
        HolderPublicKey(),
        "20260401090000ABCDE132070001",
        "Tokyo-to",
        "Akishima-shi",
        MunicipalityCode.Parse("13207"),
        Now,
        Jst.EndOf(new(2031, 1, 8)),
        authorities.For(CertificateKind.Signature, TestData.Now).KeyId,
        Holder);

    public static CertificateOrder UserAuthenticationOrder(Authorities authorities) => SignatureOrder(authorities) with
    {
        Kind = CertificateKind.UserAuthentication,
        CommonName = "ABCDEFGHJKLMNP132070001",
        AuthorityKeyId = authorities.For(CertificateKind.UserAuthentication, TestData.Now).KeyId,
        Holder = null,
    };

    public static CertificateOrder Order(Authorities authorities, CertificateKind kind) =>
        kind == CertificateKind.Signature ? SignatureOrder(authorities) : UserAuthenticationOrder(authorities);

    internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
    }
}
