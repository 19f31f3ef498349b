using Jpki.Domain;
using Jpki.Silo.Revocation;

namespace Jpki.Silo.Tests.Revocation;

/// <summary>What is signed beforehand is given out only while it is true.</summary>
public sealed class PresignedAnswersTests : IDisposable
{
    private static readonly RevocationStatus Good = RevocationStatus.Good.Instance;

    private readonly OcspScene scene = new();

    private RevocationStatus Revoked => new RevocationStatus.Revoked(RevocationReason.KeyCompromise, scene.Civil.Utc);

    public void Dispose() => scene.Dispose();

    [Fact]
    public async Task The_same_question_is_answered_with_the_same_octets_and_the_register_asked_once()
    {
        scene.Set(1, Good);
        await scene.HearAsync();

        var first = await scene.Desk.AskAsync(scene.Request(1), TestContext.Current.CancellationToken);
        var second = await scene.Desk.AskAsync(scene.Request(1), TestContext.Current.CancellationToken);

        Assert.Same(first, second);
        Assert.Equal(1, scene.Looks);
        Assert.NotNull(first.Validators);
    }

    [Fact]
    public async Task Each_way_to_name_a_certificate_has_an_answer_of_its_own_and_a_change_drops_them_all()
    {
        scene.Set(1, Good);
        await scene.HearAsync();
        byte[][] requests = [scene.Request(1), scene.Request(1, withSha256: true)];
        foreach (var request in requests.Concat(requests))
            Assert.Equal("good", await scene.AskAsync(request));
        Assert.Equal(2, scene.Looks);

        await scene.ChangeAsync(1, Revoked);

        foreach (var request in requests)
            Assert.Equal("revoked", await scene.AskAsync(request));
    }

    [Fact]
    public async Task A_change_that_comes_between_the_look_and_the_keeping_leaves_no_stale_answer()
    {
        scene.Set(1, Good);
        await scene.HearAsync();
        scene.BetweenLookAndAnswer = () => scene.ChangeAsync(1, Revoked);
        // The look came before the change: this answer may say so still, once.
        Assert.Equal("good", await scene.AskAsync(scene.Request(1)));

        scene.BetweenLookAndAnswer = () => Task.CompletedTask;

        Assert.Equal("revoked", await scene.AskAsync(scene.Request(1)));
        Assert.Equal("revoked", await scene.AskAsync(scene.Request(1)));
        Assert.Equal(2, scene.Looks);
    }

    [Fact]
    public async Task The_first_news_void_what_was_looked_up_before_them()
    {
        scene.Set(1, Good);
        // A change between this look and the first position would be told of never.
        scene.BetweenLookAndAnswer = async () =>
        {
            scene.Set(1, Revoked);
            await scene.HearAsync();
        };
        Assert.Equal("good", await scene.AskAsync(scene.Request(1)));

        scene.BetweenLookAndAnswer = () => Task.CompletedTask;

        Assert.Equal("revoked", await scene.AskAsync(scene.Request(1)));
    }

    [Fact]
    public async Task After_a_second_without_news_nothing_kept_is_given_out_until_there_are_some()
    {
        scene.Set(1, Good);
        await scene.HearAsync();
        await scene.AskAsync(scene.Request(1));
        scene.Machine.Utc += TimeSpan.FromMilliseconds(900);
        scene.News.Enqueue(new IOException("the register is silent"));
        await scene.HearAsync();
        await scene.AskAsync(scene.Request(1));
        Assert.Equal(1, scene.Looks);

        scene.Machine.Utc += TimeSpan.FromMilliseconds(101);
        scene.Set(1, Revoked);
        Assert.Equal("revoked", await scene.AskAsync(scene.Request(1)));
        Assert.Equal(2, scene.Looks);

        await scene.ChangeAsync(1, Revoked);
        Assert.Equal("revoked", await scene.AskAsync(scene.Request(1)));
        Assert.Equal(3, scene.Looks);
    }

    [Fact]
    public async Task A_lost_position_voids_everything()
    {
        scene.Set(1, Good);
        await scene.HearAsync();
        await scene.AskAsync(scene.Request(1));
        scene.Set(1, Revoked);
        scene.News.Enqueue(new StatusChanges(true, []));
        await scene.HearAsync();

        Assert.Equal("revoked", await scene.AskAsync(scene.Request(1)));
    }

    [Fact]
    public async Task From_half_of_its_hour_an_answer_is_made_anew()
    {
        scene.Set(1, Good);
        await scene.HearAsync();
        await scene.AskAsync(scene.Request(1));
        scene.Civil.Utc += TimeSpan.FromMinutes(29);
        await scene.AskAsync(scene.Request(1));
        Assert.Equal(1, scene.Looks);

        scene.Civil.Utc += TimeSpan.FromMinutes(1);
        await scene.AskAsync(scene.Request(1));
        await scene.AskAsync(scene.Request(1));
        Assert.Equal(2, scene.Looks);
    }

    [Fact]
    public async Task What_is_unknown_or_has_a_nonce_is_never_kept()
    {
        await scene.HearAsync();
        Assert.Equal("unknown", await scene.AskAsync(scene.Request(1)));
        scene.Set(1, Good);

        Assert.Equal("good", await scene.AskAsync(scene.Request(1, nonce: [1, 2, 3])));
        Assert.Equal("good", await scene.AskAsync(scene.Request(1, nonce: [1, 2, 3])));
        Assert.Equal("good", await scene.AskAsync(scene.Request(1)));
        Assert.Equal(4, scene.Looks);
    }

    [Fact]
    public async Task What_nobody_asks_for_goes_and_what_is_asked_for_stays()
    {
        using var small = new OcspScene(capacity: 4);
        await small.HearAsync();
        for (var number = 1; number <= 20; number++)
        {
            small.Set(number, Good);
            await small.AskAsync(small.Request(number));
            await small.AskAsync(small.Request(1));
        }

        Assert.Equal(20, small.Looks);
        await small.AskAsync(small.Request(2));
        Assert.Equal(21, small.Looks);
    }
}
