using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Pki.Orders;

namespace Jpki.Pki.Tests;

public sealed class OrderMaterialTests
{
    private static readonly OfficeCode Office = OfficeCode.Parse("132070001");

    [Fact]
    public void A_serial_is_sixteen_octets_and_positive_whatever_is_drawn()
    {
        Assert.Equal("7f" + new string('f', 30), new OrderMaterial(buffer => buffer.Fill(0xFF)).NewSerial().Value);

        var draws = new Queue<byte>([0x00, 0x80, 0x81]);
        var afterTwoUnfit = new OrderMaterial(buffer => { buffer.Clear(); buffer[0] = draws.Dequeue(); }).NewSerial();
        Assert.Equal("01" + new string('0', 30), afterTwoUnfit.Value);
        Assert.Empty(draws);
    }

    [Fact]
    public void Serials_are_drawn_anew() =>
        Assert.Equal(1_000, Enumerable.Range(0, 1_000).Select(_ => new OrderMaterial().NewSerial()).Distinct().Count());

    [Fact]
    public void The_signature_name_begins_with_the_time_in_Japan_and_ends_with_the_office()
    {
        var material = new OrderMaterial(buffer => { for (var i = 0; i < buffer.Length; i++) buffer[i] = (byte)(i * 32 + i); });

        // 2025-12-31T15:00:01Z is a second past midnight of the new year in Japan.
        Assert.Equal("20260101000001ABCDE132070001", material.NewCommonName(CertificateKind.Signature, new(2025, 12, 31, 15, 0, 1, TimeSpan.Zero), Office));
    }

    [Fact]
    public void The_user_authentication_name_tells_the_office_and_nothing_else()
    {
        var material = new OrderMaterial(buffer => buffer.Fill(31));

        Assert.Equal("99999999999999132070001", material.NewCommonName(CertificateKind.UserAuthentication, TestData.Now, Office));
    }

    [Theory]
    [InlineData(CertificateKind.Signature)]
    [InlineData(CertificateKind.UserAuthentication)]
    public void A_drawn_name_is_one_the_issuer_takes(CertificateKind kind) =>
        Assert.Matches("^[A-Z0-9]+132070001$", new OrderMaterial().NewCommonName(kind, TestData.Now, Office));
}
