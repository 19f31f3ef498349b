using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Domain;
using Jpki.Pki.Keys;
using Jpki.Pki.Ocsp;
using Jpki.Pki.Requests;

namespace Jpki.Pki.Tests.Ocsp;

/// <summary>Seeded mutants in numbers: whatever arrives is answered by a value, and nothing of it stays in memory.</summary>
public sealed class HostileRequestsTests(OcspBench bench)
{
    private const int Answered = 200;
    private const long MostGrowth = 16 * 1024 * 1024;

    [Fact]
    public async Task Two_hundred_thousand_mutated_OCSP_requests_are_read_or_refused_and_a_sample_is_answered()
    {
        var authority = bench.Signature(KeyAlgorithm.EcdsaP384Sha384)[0];
        var register = new MemoryRegister().With(authority, 1, RevocationStatus.Good.Instance);
        var responder = new OcspResponder(bench.Ecdsa, TestData.EcdsaSettings, register, new MemoryJournal(), TimeProvider.System);
        byte[][] originals =
        [
            Asking.Request(Asking.CertificateId(authority, OcspBench.Serial(1))),
            Asking.RequestWithNonce(Asking.CertificateId(authority, OcspBench.Serial(1), Asking.Sha256), new byte[32]),
            Asking.Request([.. Enumerable.Range(0, 20).Select(each => Asking.CertificateId(authority, OcspBench.Serial(each)))]),
        ];
        var random = new Random(20260401);
        var (read, malformed) = (0, 0);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var round = 0; round < 200_000; round++)
        {
            var mutant = Mutate(originals[round % originals.Length], random);
            if (OcspRequestReader.Read(mutant) is not OcspRequest request)
                malformed++;
            else if (read++ < Answered)
                Assert.IsType<OcspSigned>(await responder.AnswerAsync(request, TestContext.Current.CancellationToken));
        }

        Assert.True(read > Answered && malformed > Answered, $"One-sided mutants: {read} read, {malformed} malformed.");
        AssertNoGrowth(before);
    }

    [Fact, Trait("Rule", "S16")]
    public void Fifty_thousand_mutated_certification_requests_are_rejected()
    {
        using var key = TestData.HolderKey();
        var original = new CertificateRequest("CN=card, C=JP", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest();
        var random = new Random(20260402);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var round = 0; round < 50_000; round++)
        {
            var mutant = Mutate(original, random);
            Assert.True(CertificationRequests.Verify(mutant) is RequestRejected || mutant.AsSpan().SequenceEqual(original), $"Round {round} was believed.");
        }

        AssertNoGrowth(before);
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var mutant = original.ToList();
        for (var change = random.Next(1, 4); change > 0 && mutant.Count > 0; change--)
        {
            var position = random.Next(mutant.Count);
            var length = Math.Min(random.Next(1, 40), mutant.Count - position);
            switch (random.Next(6))
            {
                case 0: mutant[position] = (byte)random.Next(256); break;
                case 1: mutant.RemoveRange(position, length); break;
                case 2: mutant.InsertRange(position, mutant.GetRange(0, Math.Min(40, mutant.Count))); break;
                case 3: mutant.AddRange(mutant.GetRange(position, length)); break;
                case 4: mutant[^(1 + random.Next(Math.Min(8, mutant.Count)))] ^= (byte)random.Next(1, 256); break;
                default: mutant[position] ^= (byte)(1 << random.Next(8)); break;
            }
        }

        return [.. mutant];
    }

    private static void AssertNoGrowth(long before)
    {
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(growth < MostGrowth, $"{growth} octets stayed.");
    }
}
