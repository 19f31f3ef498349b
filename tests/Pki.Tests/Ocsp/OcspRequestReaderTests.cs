using System.Formats.Asn1;
using Jpki.Domain;
using Jpki.Pki.Ocsp;

namespace Jpki.Pki.Tests.Ocsp;

public sealed class OcspRequestReaderTests
{
    private static readonly Asn1Tag Tag0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Tag1 = new(TagClass.ContextSpecific, 1);

    private static readonly byte[] Null = [0x05, 0x00];

    private static readonly Dictionary<string, byte[]> Hopeless = new()
    {
        ["nothing"] = [],
        ["octets behind"] = [.. Asking.Request(Id(1)), 0],
        ["cut off"] = Asking.Request(Id(1))[..^1],
        ["no certificate"] = Asking.Request(),
        ["twenty-one certificates"] = Asking.Request([.. Enumerable.Range(0, 21).Select(Id)]),
        ["longer than 16 KiB"] = new byte[(16 * 1024) + 1],
        ["a nonce of no octets"] = Asking.RequestWithNonce(Id(1), []),
        ["a nonce of 129 octets"] = Asking.RequestWithNonce(Id(1), new byte[129]),
        ["a nonce without its OCTET STRING"] = Asking.Request([Id(1)], [Asking.Extension(Asking.NonceType, false, [1, 2, 3])]),
        ["two nonces"] = Asking.Request([Id(1)], [Nonce(1), Nonce(2)]),
        ["a critical extension"] = Asking.Request([Id(1)], [Asking.Extension("1.2.3", true, Null)]),
        ["a critical extension of one certificate"] = Asking.Request([Id(1)], [], [Asking.Extension("1.2.3", true, Null)]),
        ["version 2"] = Asking.Request([Id(1)], [], beforeList: writer => Version(writer, 1)),
        ["a length in BER"] = [0x30, 0x81, .. Asking.Request(Id(1))[1..]],
    };

    public static TheoryData<string> HopelessOnes => [.. Hopeless.Keys];

    [Theory, MemberData(nameof(HopelessOnes))]
    public void What_is_no_request_is_malformed(string what) => Assert.IsType<OcspRequestMalformed>(OcspRequestReader.Read(Hopeless[what]));

    [Fact]
    public void Twenty_certificates_are_read_in_their_order()
    {
        byte[][] ids = [.. Enumerable.Range(0, 20).Select(Id)];

        var request = Assert.IsType<OcspRequest>(OcspRequestReader.Read(Asking.Request(ids)));

        Assert.Equal(ids, request.Certificates.Select(each => each.Encoded.ToArray()));
        Assert.Equal(Enumerable.Range(0, 20).Select(each => OcspBench.Serial(each)), request.Certificates.Select(each => each.Serial!.Value));
        Assert.Null(request.Nonce);
    }

    [Fact]
    public void A_nonce_is_read_critical_or_not()
    {
        byte[] value = [0x04, 0x02, 0x07, 0x08];

        foreach (var critical in new[] { true, false })
        {
            var request = OcspRequestReader.Read(Asking.Request([Id(1)], [Asking.Extension(Asking.NonceType, critical, value)]));
            Assert.Equal(Octets.From([7, 8]), Assert.IsType<OcspRequest>(request).Nonce);
        }
    }

    [Fact]
    public void A_version_spelled_out_a_name_and_extensions_that_are_not_critical_do_not_matter() =>
        Assert.IsType<OcspRequest>(OcspRequestReader.Read(Asking.Request(
            [Id(1)],
            [Asking.Extension("1.2.3", false, Null)],
            [Asking.Extension("1.2.3", false, Null)],
            writer =>
            {
                Version(writer, 0);
                using (writer.PushSequence(Tag1))
                    writer.WriteEncodedValue([0x82, 0x01, 0x61]);
            })));

    [Fact]
    public void A_signature_under_a_request_is_not_looked_at()
    {
        var body = new AsnReader(Asking.Request(Id(1)), AsnEncodingRules.DER).ReadSequence().ReadEncodedValue();
        var signed = Asking.Encode(writer =>
        {
            using var request = writer.PushSequence();
            writer.WriteEncodedValue(body.Span);
            using var wrapper = writer.PushSequence(Tag0);
            using var signature = writer.PushSequence();
            writer.WriteBitString([1, 2, 3]);
        });

        Assert.IsType<OcspRequest>(OcspRequestReader.Read(signed));
    }

    private static byte[] Id(int number) => Asking.CertificateId(Asking.Sha1, true, new byte[20], new byte[20], OcspBench.Serial(number).ToOctets());

    private static byte[] Nonce(byte value) => Asking.Extension(Asking.NonceType, false, [0x04, 0x01, value]);

    private static void Version(AsnWriter writer, int version)
    {
        using var wrapper = writer.PushSequence(Tag0);
        writer.WriteInteger(version);
    }
}
