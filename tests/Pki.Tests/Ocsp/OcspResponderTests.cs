using Jpki.Domain;
using Jpki.Pki.Keys;
using Jpki.Pki.Ocsp;

namespace Jpki.Pki.Tests.Ocsp;

public sealed class OcspResponderTests(OcspBench bench)
{
    // Keys of this kind are made in no time; RSA is judged by other eyes.
    private const KeyAlgorithm Default = KeyAlgorithm.EcdsaP384Sha384;

    private static readonly DateTimeOffset EndedAt = new(2026, 5, 30, 1, 2, 3, TimeSpan.Zero);

    private readonly MemoryRegister register = new();

    public static TheoryData<string, bool> Hashes => new(
        from hash in new[] { Asking.Sha1, Asking.Sha256, Asking.Sha384, Asking.Sha512 } from withNull in new[] { true, false } select (hash, withNull));

    [Theory, MemberData(nameof(Hashes))]
    public async Task A_certificate_is_found_by_every_hash_of_its_issuer_and_its_CertID_comes_back_as_it_was(string hash, bool withNull)
    {
        register.With(Newest, 1, RevocationStatus.Good.Instance);
        var id = Asking.CertificateId(Newest, OcspBench.Serial(1), hash, withNull);

        var told = Asking.Read((await SignedAsync(Asking.Request(id))).Encoded);

        Assert.Equal("good", told.Statements.Single().Status);
        Assert.Equal(id, told.Statements.Single().Id.ToArray());
    }

    [Fact]
    public async Task Several_certificates_are_answered_in_their_order_each_by_its_own_status()
    {
        register.With(Newest, 1, RevocationStatus.Good.Instance)
            .With(Newest, 2, new RevocationStatus.OnHold(EndedAt))
            .With(Newest, 3, new RevocationStatus.Revoked(RevocationReason.AffiliationChanged, EndedAt))
            .With(bench.Ecdsa.For(CertificateKind.UserAuthentication, TestData.Now), 4, RevocationStatus.Good.Instance);
        byte[][] ids = [.. new[] { 3, 9, 1, 4, 2 }.Select(number => Asking.CertificateId(Newest, OcspBench.Serial(number)))];

        var told = Asking.Read((await SignedAsync(Asking.Request(ids))).Encoded);

        // 4 was issued, but not by the issuer the request names.
        Assert.Equal(["revoked 2026-05-30 01:02:03 3", "unknown", "good", "unknown", "revoked 2026-05-30 01:02:03 6"], told.Statuses);
    }

    [Fact]
    public async Task Each_generation_speaks_for_its_own_certificates_through_its_own_responder()
    {
        var generations = bench.Signature(Default);
        register.With(generations[0], 1, RevocationStatus.Good.Instance).With(generations[1], 2, RevocationStatus.Good.Instance);

        foreach (var (generation, own, others) in new[] { (generations[0], 1, 2), (generations[1], 2, 1) })
        {
            var told = Asking.Read((await SignedAsync(Asking.Request(Id(generation, own), Id(generation, others)))).Encoded);
            Assert.Equal(["good", "unknown"], told.Statuses);
            Assert.Contains(generation.KeyId[..16], told.Responder.Subject, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Certificates_of_two_generations_in_one_request_have_nobody_to_speak_for_both()
    {
        var generations = bench.Signature(Default);

        Assert.Equal(OcspFailure.Unauthorized, await RefusalOfAsync(Asking.Request(Id(generations[0], 1), Id(generations[1], 2))));
    }

    [Fact]
    public async Task What_a_stranger_issued_is_unknown()
    {
        var stranger = Asking.CertificateId(Asking.Sha256, true, new byte[32], new byte[32], OcspBench.Serial(1).ToOctets());
        var oddHash = Asking.CertificateId("2.16.840.1.101.3.4.2.10", true, new byte[32], new byte[32], OcspBench.Serial(1).ToOctets());
        register.With(Newest, 1, RevocationStatus.Good.Instance);

        Assert.Equal(["unknown", "good", "unknown"], Asking.Read((await SignedAsync(Asking.Request(stranger, Id(Newest, 1), oddHash))).Encoded).Statuses);
        Assert.Equal(["unknown"], Asking.Read((await SignedAsync(Asking.Request(stranger))).Encoded).Statuses);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("ff01")]
    [InlineData("00ff01")]
    [InlineData("010203040506070809101112131415161718192021")]
    public async Task A_serial_number_that_cannot_be_ours_is_unknown(string serial)
    {
        var ours = Asking.CertificateId(Newest, OcspBench.Serial(1));
        Assert.True(ours.AsSpan().EndsWith(OcspBench.Serial(1).ToOctets()));
        var number = Convert.FromHexString(serial);
        byte[] content = [.. ours.AsSpan(2..^10), 0x02, (byte)number.Length, .. number];

        Assert.Equal(["unknown"], Asking.Read((await SignedAsync(Asking.Request([0x30, (byte)content.Length, .. content]))).Encoded).Statuses);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(128)]
    public async Task A_nonce_comes_back_and_makes_the_answer_this_askers_alone(int length)
    {
        register.With(Newest, 1, RevocationStatus.Good.Instance);
        var nonce = Enumerable.Range(0, length).Select(each => (byte)each).ToArray();

        var answer = await SignedAsync(Asking.RequestWithNonce(Id(Newest, 1), nonce));

        Assert.Equal(
            Asking.Encode(writer =>
            {
                using (writer.PushSequence())
                    writer.WriteEncodedValue(Asking.Extension(Asking.NonceType, false, Asking.Encode(value => value.WriteOctetString(nonce))));
            }),
            Asking.Read(answer.Encoded).Extensions.ToArray());
        Assert.False(answer.IsReusable);
    }

    [Fact]
    public async Task Only_a_known_status_of_one_certificate_may_be_given_again()
    {
        register.With(Newest, 1, RevocationStatus.Good.Instance).With(Newest, 2, new RevocationStatus.OnHold(EndedAt));

        Assert.True((await SignedAsync(Asking.Request(Id(Newest, 1)))).IsReusable);
        Assert.True((await SignedAsync(Asking.Request(Id(Newest, 2)))).IsReusable);
        Assert.False((await SignedAsync(Asking.Request(Id(Newest, 3)))).IsReusable);
        Assert.False((await SignedAsync(Asking.Request(Id(Newest, 1), Id(Newest, 2)))).IsReusable);
        Assert.Empty(Asking.Read((await SignedAsync(Asking.Request(Id(Newest, 1)))).Encoded).Extensions.ToArray());
    }

    [Fact]
    public async Task An_answer_is_dated_by_the_civil_clock_and_good_for_an_hour()
    {
        register.With(Newest, 1, RevocationStatus.Good.Instance);
        var clock = new HandClock(Newest.NotBefore.AddDays(3).AddMilliseconds(700));

        var answer = Assert.IsType<OcspSigned>(await Responder(clock).AnswerAsync(Asking.Request(Id(Newest, 1)), TestContext.Current.CancellationToken));

        Assert.Equal(Newest.NotBefore.AddDays(3), answer.ThisUpdate);
        Assert.Equal(Newest.NotBefore.AddDays(3).AddHours(1), answer.NextUpdate);
    }

    [Fact]
    public async Task A_register_that_does_not_answer_is_try_later_and_a_bug_is_an_internal_error()
    {
        register.Failure = new RevocationStatusUnavailableException(new IOException());
        Assert.Equal(OcspFailure.TryLater, await RefusalOfAsync(Asking.Request(Id(Newest, 1))));

        register.Failure = new InvalidOperationException();
        Assert.Equal(OcspFailure.InternalError, await RefusalOfAsync(Asking.Request(Id(Newest, 1))));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4000)]
    public async Task Nobody_speaks_for_an_authority_that_is_not_valid(int days) => Assert.Equal(
        OcspFailure.Unauthorized,
        Assert.IsType<OcspRefused>(await Responder(new HandClock(Newest.NotBefore.AddDays(days)))
            .AnswerAsync(Asking.Request(Id(Newest, 1)), TestContext.Current.CancellationToken)).Failure);

    private Authority Newest => bench.Signature(Default)[^1];

    private static byte[] Id(Authority authority, int number) => Asking.CertificateId(authority, OcspBench.Serial(number));

    private OcspResponder Responder(TimeProvider? clock = null) =>
        new(bench.Ecdsa, TestData.EcdsaSettings, register, new MemoryJournal(), clock ?? TimeProvider.System);

    private async Task<OcspSigned> SignedAsync(byte[] request) =>
        Assert.IsType<OcspSigned>(await Responder().AnswerAsync(request, TestContext.Current.CancellationToken));

    private async Task<OcspFailure> RefusalOfAsync(byte[] request)
    {
        var refused = Assert.IsType<OcspRefused>(await Responder().AnswerAsync(request, TestContext.Current.CancellationToken));
        Assert.Equal([0x30, 0x03, 0x0A, 0x01, (byte)refused.Failure], refused.Encoded.ToArray());
        return refused.Failure;
    }
}
