using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;
using Jpki.Pki.Keys;
using Jpki.Pki.Orders;

namespace Jpki.Benchmarks.Certificates;

/// <summary>Orders as the back office records them, of both kinds in turn, for invented residents of one municipality.</summary>
internal static class PreparedOrders
{
    // Making a key takes 100 ms; parsing one costs the same whether it was seen before or not.
    private const int CardKeys = 8;
    private const string Office = "132070001";

    private static readonly DateTimeOffset NotBefore = new(2026, 6, 1, 9, 30, 15, Jst.Offset);
    private static readonly CertifiedHolder Holder =
        new("昭島　くじら子", "0000000", "東京都昭島市田中町一丁目１７番１号", "00000000000000000", new(1989, 1, 8), Sex.Female);

    public static CertificateOrder[] Of(Authorities authorities, int count)
    {
        var keys = Enumerable.Range(0, CardKeys).AsParallel().Select(_ => CardKey()).ToArray();
        var material = new OrderMaterial();
        return [.. Enumerable.Range(0, count).Select(number => Order(
            number % 2 == 0 ? CertificateKind.Signature : CertificateKind.UserAuthentication, keys[number % CardKeys], material, authorities))];
    }

    private static CertificateOrder Order(CertificateKind kind, Octets key, OrderMaterial material, Authorities authorities) => new(
        material.NewSerial(),
        kind,
        key,
        material.NewCommonName(kind, NotBefore, OfficeCode.Parse(Office)),
        "Tokyo-to",
        "Akishima-shi",
        MunicipalityCode.Parse(Office[..5]),
        NotBefore,
        Jst.EndOf(new(2031, 1, 8)),
        authorities.For(kind, NotBefore).KeyId,
        kind == CertificateKind.Signature ? Holder : null);

    private static Octets CardKey()
    {
        using var key = RSA.Create(2048);
        return Octets.From(key.ExportSubjectPublicKeyInfo());
    }
}
