using Jpki.Domain;
using Jpki.Pki.Keys;
using Jpki.Pki.Ocsp;

namespace Jpki.Pki.Tests.Ocsp;

public sealed class ResponderCertificateTests(OcspBench bench)
{
    private readonly MemoryJournal journal = new();
    private readonly HandClock clock = new(DateTimeOffset.UtcNow);

    public static TheoryData<KeyAlgorithm> Algorithms => OcspBench.Algorithms;

    [Fact]
    public async Task Every_generation_gets_one_of_fourteen_days_and_each_is_journaled()
    {
        await Responder().PrepareAsync(TestContext.Current.CancellationToken);

        Assert.Equal(bench.Ecdsa.All.Select(each => each.KeyId), journal.Issued.Select(each => each.AuthorityKeyId));
        Assert.All(journal.Issued, each => Assert.InRange(each.NotAfter - clock.Now, TimeSpan.FromDays(14) - TimeSpan.FromSeconds(1), TimeSpan.FromDays(14)));
    }

    [Fact]
    public async Task From_half_of_its_life_the_next_one_is_made_while_the_present_one_answers()
    {
        var responder = Responder();
        await AskAsync(responder);
        clock.Now += TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1);
        await AskAsync(responder);
        Assert.Single(journal.Issued);

        clock.Now += TimeSpan.FromMinutes(2);
        Assert.Equal(journal.Issued[0].Encoded.ToArray(), await AskAsync(responder));
        await EventuallyAsync(() => journal.Issued.Count == 2);

        var asked = await AskAsync(responder);
        for (var i = 0; i < 1000 && !asked.AsSpan().SequenceEqual(journal.Issued[1].Encoded.Span); i++)
            asked = await AskAsync(responder);
        Assert.Equal(journal.Issued[1].Encoded.ToArray(), asked);
        Assert.Equal(2, journal.Issued.Count);
    }

    [Fact]
    public async Task A_successor_that_cannot_be_made_leaves_the_present_one_answering_and_is_tried_again()
    {
        var responder = Responder();
        await AskAsync(responder);
        journal.Failure = new IOException("no journal");
        clock.Now += TimeSpan.FromDays(8);
        await AskAsync(responder);
        await EventuallyAsync(() => journal.Failures.Count == 1);

        Assert.Equal(journal.Issued.Single().Encoded.ToArray(), await AskAsync(responder));
        journal.Failure = null;
        clock.Now += TimeSpan.FromMinutes(2);
        await AskAsync(responder);
        await EventuallyAsync(() => journal.Issued.Count == 2);
    }

    [Fact]
    public async Task A_clock_that_leaps_past_its_end_is_answered_by_a_new_one_at_once()
    {
        var responder = Responder();
        await AskAsync(responder);
        clock.Now += TimeSpan.FromDays(30);

        var speaker = await AskAsync(responder);

        Assert.Equal(2, journal.Issued.Count);
        Assert.Equal(journal.Issued[1].Encoded.ToArray(), speaker);
    }

    [Fact]
    public async Task What_is_not_journaled_is_not_used()
    {
        journal.Failure = new IOException("no journal");

        var refused = Assert.IsType<OcspRefused>(await Responder().AnswerAsync(Request, TestContext.Current.CancellationToken));

        Assert.Equal(OcspFailure.InternalError, refused.Failure);
        Assert.Same(journal.Failure, refused.Cause);
    }

    [Fact]
    public async Task The_last_one_of_a_generation_ends_with_it_and_so_do_its_answers()
    {
        clock.Now = Authority.NotAfter.AddMinutes(-30);
        var register = new MemoryRegister().With(Authority, 1, RevocationStatus.Good.Instance);
        var responder = new OcspResponder(bench.Ecdsa, TestData.EcdsaSettings, register, journal, clock);

        var answer = Assert.IsType<OcspSigned>(await responder.AnswerAsync(Request, TestContext.Current.CancellationToken));
        clock.Now += TimeSpan.FromMinutes(25);
        await AskAsync(responder);

        Assert.Equal(Authority.NotAfter, journal.Issued.Single().NotAfter);
        Assert.Equal(Authority.NotAfter, answer.NextUpdate);
    }

    [Theory, MemberData(nameof(Algorithms))]
    public void No_single_octet_of_one_can_change_unseen(KeyAlgorithm algorithm)
    {
        var authority = bench.Signature(algorithm)[0];
        var settings = TestData.SettingsWith(algorithm);
        var key = new ResponderKey(algorithm).PublicKey;
        var certificate = ResponderCertificates.Issue(authority, settings, key, clock.Now);
        Assert.Empty(ResponderLint.Check(certificate, key, authority, settings));

        // Every fifth octet, and all of the last hundred: the signature is the part that no comparison covers.
        var positions = Enumerable.Range(0, certificate.Encoded.Length).Where(each => each % 5 == 0 || each > certificate.Encoded.Length - 100);
        Assert.All(positions, position =>
        {
            var changed = certificate.Encoded.ToArray();
            changed[position] ^= 1;
            Assert.NotEmpty(ResponderLint.Check(certificate with { Encoded = Octets.From(changed) }, key, authority, settings));
        });
    }

    private Authority Authority => bench.Signature(KeyAlgorithm.EcdsaP384Sha384)[0];

    private byte[] Request => Asking.Request(Asking.CertificateId(Authority, OcspBench.Serial(1)));

    private OcspResponder Responder() => new(bench.Ecdsa, TestData.EcdsaSettings, new MemoryRegister(), journal, clock);

    /// <returns>The certificate of whoever answered.</returns>
    private async Task<byte[]> AskAsync(OcspResponder responder) => Asking.Read(
        Assert.IsType<OcspSigned>(await responder.AnswerAsync(Request, TestContext.Current.CancellationToken)).Encoded).Responder.RawData;

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (!condition())
            await Task.Delay(10, limit.Token);
    }
}
