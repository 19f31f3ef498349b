using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Pki.Requests;

namespace Jpki.Pki.Tests;

public sealed class CertificationRequestsTests
{
    [Fact, Trait("Rule", "S16")]
    public void A_request_signed_with_its_own_key_proves_possession()
    {
        var proven = Assert.IsType<RequestProven>(CertificationRequests.Verify(Request()));

        Assert.Equal(TestData.HolderPublicKey(), proven.SubjectPublicKeyInfo);
        Assert.Equal("カード 1", proven.CommonName);
    }

    [Fact]
    public void A_request_made_by_OpenSSL_is_understood()
    {
        using var folder = new TestFolder();
        var key = folder.Write("key.pem", System.Text.Encoding.ASCII.GetBytes(TestData.Text("holder-key.pem")));
        var file = Path.Combine(folder.Path, "request.der");
        Tool.Run("openssl", "req", "-new", "-key", key, "-subj", "/C=JP/CN=card", "-outform", "DER", "-out", file);

        Assert.Equal("card", Assert.IsType<RequestProven>(CertificationRequests.Verify(File.ReadAllBytes(file))).CommonName);
    }

    [Fact]
    public void A_request_signed_with_another_key_proves_nothing()
    {
        var request = Request();
        request[^1] ^= 1;

        AssertRejected(RequestFault.Signature, request);
    }

    [Fact]
    public void A_public_key_put_into_somebody_elses_request_is_not_proven()
    {
        using var other = RSA.Create(2048);
        var request = Request();
        var modulus = other.ExportParameters(false).Modulus!;
        modulus.CopyTo(request, request.AsSpan().IndexOf(HolderModulus()));

        AssertRejected(RequestFault.Signature, request);
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(3072)]
    public void Only_2048_bits_are_taken(int bits)
    {
        using var key = RSA.Create(bits);

        AssertRejected(RequestFault.KeySize, Request(key));
    }

    [Fact]
    public void Elliptic_curves_are_not_taken_yet()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        AssertRejected(RequestFault.KeyType, new CertificateRequest("CN=card", key, HashAlgorithmName.SHA256).CreateSigningRequest());
    }

    [Fact]
    public void An_exponent_other_than_65537_is_not_taken()
    {
        var request = Request();
        // INTEGER 65537 right after the modulus becomes 65539.
        var exponent = request.AsSpan().IndexOf(HolderModulus()) + 256;
        Assert.Equal([0x02, 0x03, 0x01, 0x00, 0x01], request[exponent..(exponent + 5)]);
        request[exponent + 4] = 3;

        AssertRejected(RequestFault.Exponent, request);
    }

    [Fact]
    public void A_signature_by_another_hash_or_padding_is_not_taken()
    {
        using var key = TestData.HolderKey();

        var otherHash = new CertificateRequest("CN=card", key, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1);
        var otherPadding = new CertificateRequest("CN=card", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);

        AssertRejected(RequestFault.SignatureAlgorithm, otherHash.CreateSigningRequest());
        AssertRejected(RequestFault.SignatureAlgorithm, otherPadding.CreateSigningRequest());
    }

    [Theory]
    [InlineData("O=card")]
    [InlineData("CN=card, CN=card")]
    public void There_is_exactly_one_common_name(string subject)
    {
        using var key = TestData.HolderKey();

        AssertRejected(RequestFault.CommonName, Request(key, subject));
    }

    [Fact]
    public void Octets_after_the_request_are_not_taken() => AssertRejected(RequestFault.Malformed, [.. Request(), 0]);

    [Fact]
    public void Nothing_and_too_much_are_not_taken()
    {
        AssertRejected(RequestFault.Malformed, []);
        AssertRejected(RequestFault.TooLong, new byte[CertificationRequests.LongestRequest + 1]);
    }

    [Theory]
    [InlineData("roca-modulus.hex")]
    [InlineData("close-primes-modulus.hex")]
    public void Moduli_of_broken_generators_are_recognised(string file) =>
        Assert.False(RsaModulus.IsSound(BigInteger.Parse("0" + TestData.Text(file).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));

    [Fact]
    public void Factors_are_recognised_as_close_even_some_rounds_away_from_the_root_and_far_ones_are_not()
    {
        // Neither factor has a small divisor: the middle has all of them, the distance none.
        var middle = Enumerable.Range(2, 750).Where(n => Enumerable.Range(2, n - 2).All(each => n % each != 0)).Aggregate(BigInteger.One, (all, prime) => all * prime);
        var distance = BigInteger.Pow(Mersenne(127), 3) * Mersenne(89);

        Assert.False(RsaModulus.IsSound(Around(middle, distance * BigInteger.Pow(Mersenne(13), 4))));
        Assert.True(RsaModulus.IsSound(Around(middle, distance * Mersenne(61))));

        static BigInteger Mersenne(int power) => BigInteger.Pow(2, power) - 1;
        static BigInteger Around(BigInteger middle, BigInteger distance) => (middle + distance) * (middle - distance);
    }

    [Fact]
    public void A_modulus_with_a_small_factor_or_a_square_is_recognised_and_a_good_one_is_not()
    {
        var good = new BigInteger(HolderModulus(), isUnsigned: true, isBigEndian: true);

        Assert.True(RsaModulus.IsSound(good));
        Assert.False(RsaModulus.IsSound(good + 1));
        Assert.False(RsaModulus.IsSound(good * 751));
        Assert.False(RsaModulus.IsSound(good * good));
    }

    [Fact]
    public void No_hostile_request_breaks_the_reader_or_is_believed()
    {
        var random = new Random(20260401);
        var original = Request();
        for (var round = 0; round < 5_000; round++)
        {
            var mutant = Mutate(original, random);
            var result = CertificationRequests.Verify(mutant);

            Assert.True(result is RequestRejected || mutant.AsSpan().SequenceEqual(original), $"Round {round} was believed.");
        }
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var mutant = original.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var position = random.Next(mutant.Count);
            switch (random.Next(4))
            {
                case 0: mutant[position] = (byte)random.Next(256); break;
                case 1: mutant.RemoveRange(position, Math.Min(random.Next(1, 40), mutant.Count - position)); break;
                case 2: mutant.InsertRange(position, mutant.GetRange(0, Math.Min(random.Next(1, 40), mutant.Count))); break;
                default: mutant[position] ^= (byte)(1 << random.Next(8)); break;
            }

            if (mutant.Count == 0)
                break;
        }

        return [.. mutant];
    }

    private static void AssertRejected(RequestFault fault, ReadOnlySpan<byte> request)
    {
        var rejected = Assert.IsType<RequestRejected>(CertificationRequests.Verify(request));
        Assert.Equal(fault, rejected.Fault);
        Assert.NotEmpty(rejected.Japanese);
        Assert.NotEmpty(rejected.English);
    }

    private static byte[] HolderModulus()
    {
        using var key = TestData.HolderKey();
        return key.ExportParameters(false).Modulus!;
    }

    private static byte[] Request()
    {
        using var key = TestData.HolderKey();
        return Request(key);
    }

    private static byte[] Request(RSA key, string subject = "CN=カード 1, C=JP") =>
        new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest();
}
