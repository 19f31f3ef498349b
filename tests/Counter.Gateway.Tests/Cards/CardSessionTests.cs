using System.Text;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Cards;
using Jpki.Counter.Gateway.Tests.Support;

namespace Jpki.Counter.Gateway.Tests.Cards;

public sealed class CardSessionTests
{
    private const string SelectSerialFile = "00 A4 02 0C 02 0006";
    private const string ReadSerial = "00 B0 00 50 10";
    private const string SelectJpki = "00 A4 04 0C 0A D392F000260100000001";
    private const string SelectCardFace = "00 A4 04 0C 0A D3921000310001010408";

    private static readonly (string, string)[] Opening = [(SelectJpki, "9000"), .. Identity("123456789012345")];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_knows_its_card_from_the_start()
    {
        var (session, _) = await OpenAsync();
        Assert.Equal("123456789012345", session.Serial.Value);
    }

    [Fact]
    public async Task A_card_without_the_JPKI_application_is_not_a_My_Number_card()
    {
        var card = new ScriptedCard((SelectJpki, "6A82"));
        await CardSession.BindAsync("reader", card, card, Now).Failure<CardFailure.NotThisKindOfCard, CardSession>();
        Assert.True(card.IsDisposed);
    }

    [Fact]
    public async Task The_same_card_is_recognised_within_the_application()
    {
        var (session, card) = await OpenAsync([.. Identity("123456789012345")]);
        await session.EnsureSameCardAsync(Now).Success();
        card.AssertPlayed();
    }

    [Fact]
    public async Task Another_card_ends_the_session_for_good()
    {
        var (session, card) = await OpenAsync([.. Identity("999999999999999")]);
        await session.EnsureSameCardAsync(Now).Failure<CardFailure.CardChanged, Done>();
        await session.SelectJpkiAsync(Now).Failure<CardFailure.CardChanged, JpkiApplet>();
        card.AssertPlayed();
    }

    [Fact]
    public async Task The_same_card_that_lost_its_power_meanwhile_counts_as_removed()
    {
        var (session, card) = await OpenAsync([(SelectSerialFile, "6A82"), (SelectJpki, "9000"), .. Identity("123456789012345")]);
        await session.EnsureSameCardAsync(Now).Failure<CardFailure.CardRemoved, Done>();
        card.AssertPlayed();
    }

    [Fact]
    public async Task Another_card_freshly_powered_counts_as_changed()
    {
        var (session, _) = await OpenAsync([(SelectSerialFile, "6A82"), (SelectJpki, "9000"), .. Identity("999999999999999")]);
        await session.EnsureSameCardAsync(Now).Failure<CardFailure.CardChanged, Done>();
    }

    [Fact]
    public async Task A_refused_write_is_told_as_a_changed_card_when_the_card_was_changed()
    {
        var (session, card) = await OpenAsync([
            (SelectJpki, "9000"), ("80 A2 00 C1", "9000"), ("00 84 00 00 10", new string('0', 32) + "9000"), ("00 82 00 96", "9000"),
            .. Identity("123456789012345"),
            ("00 44 00 00 02 0001", "6982"),
            .. Identity("999999999999999")]);
        var jpki = await session.SelectJpkiAsync(Now).Success();
        var issuer = await jpki.AuthenticateTerminalAsync(new SilentTerminal(), Now).Success();

        await issuer.ActivateAsync(JpkiSlot.Signature, Now).Failure<CardFailure.CardChanged, Done>();
        card.AssertPlayed();
    }

    [Fact]
    public async Task Before_a_write_to_the_card_face_the_serial_is_read_in_the_JPKI_application()
    {
        var attributes = new FaceAttributes("氏名", "住所", new DateOnly(1990, 1, 1), '1');
        var content = Convert.ToHexString(attributes.Encode());
        var (session, card) = await OpenAsync([
            (SelectCardFace, "9000"),
            (SelectJpki, "9000"), .. Identity("123456789012345"), (SelectCardFace, "9000"),
            ("00 A4 02 0C 02 0002", "9000"), ($"00 D6 00 00 {content.Length / 2:X2} {content}", "9000")]);

        var face = await session.SelectCardFaceAsync(Now).Success();
        await face.WriteAttributesAsync(attributes, Now).Success();
        card.AssertPlayed();
    }

    [Fact]
    public async Task An_applet_left_behind_is_not_used_by_mistake()
    {
        var (session, _) = await OpenAsync((SelectJpki, "9000"), (SelectCardFace, "9000"));
        var jpki = await session.SelectJpkiAsync(Now).Success();
        await session.SelectCardFaceAsync(Now).Success();
        await Assert.ThrowsAsync<InvalidOperationException>(() => jpki.ReadPresenceAsync(Now));
    }

    [Fact]
    public async Task An_application_the_card_does_not_have_leaves_the_selected_one_in_use()
    {
        var (session, card) = await OpenAsync(
            (SelectJpki, "9000"), (SelectCardFace, "6A82"), ("00 A4 02 0C 02 0008", "9000"), ("00 B0 00 00 03", "000000 9000"));
        var jpki = await session.SelectJpkiAsync(Now).Success();
        await session.SelectCardFaceAsync(Now).RefusedWith(StatusWord.FileNotFound);
        await jpki.ReadPresenceAsync(Now).Success();
        card.AssertPlayed();
    }

    [Fact]
    public async Task After_a_lost_exchange_the_card_is_not_spoken_to_again()
    {
        var (session, card) = await OpenAsync((SelectJpki, "9000"), (SelectSerialFile, ScriptedCard.Gone));
        var jpki = await session.SelectJpkiAsync(Now).Success();
        await jpki.ReadTokenInfoAsync(Now).Failure<CardFailure.CardRemoved, TokenInfo>();
        await jpki.ReadTokenInfoAsync(Now).Failure<CardFailure.CardRemoved, TokenInfo>();
        card.AssertPlayed();
    }

    private static async Task<(CardSession Session, ScriptedCard Card)> OpenAsync(params (string, string)[] afterwards)
    {
        var card = new ScriptedCard([.. Opening, .. afterwards]);
        return (await CardSession.BindAsync("reader", card, card, Now).Success(), card);
    }

    private static (string, string)[] Identity(string serial) =>
        [(SelectSerialFile, "9000"), (ReadSerial, Convert.ToHexString(Encoding.ASCII.GetBytes(serial + " ")) + "9000")];

    /// <summary>Has nothing to say, so that its commands are known to the byte.</summary>
    private sealed class SilentTerminal : ITerminal
    {
        public ReadOnlyMemory<byte> Certificate => default;

        public ReadOnlyMemory<byte> Id => default;

        public byte[] Sign(ReadOnlySpan<byte> message) => [];
    }
}
