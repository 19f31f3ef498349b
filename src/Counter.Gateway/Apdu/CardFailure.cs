namespace Jpki.Counter.Gateway.Apdu;

/// <summary>Why the card did not do it, in words for the clerk that say what to do next. A closed set.</summary>
/// <param name="Code">Stable name for pages, logs and the API.</param>
/// <param name="Japanese">What happened and what to do, in Japanese.</param>
/// <param name="English">The same in English.</param>
public abstract record CardFailure(string Code, string Japanese, string English)
{
    /// <summary>False when the card itself answered «no» and the session goes on; true when the session is over.</summary>
    public bool EndsTheSession => this is not (Refused or UnreadableContent);

    /// <summary>The reader is empty.</summary>
    public sealed record NoCard() : CardFailure(
        "no-card",
        "カードリーダーにカードがありません。カードを置いて「続ける」を押してください。",
        "There is no card in the reader. Put the card in and press continue.");

    /// <summary>The card was taken out, or was away for a moment and has forgotten PIN and issuer right.</summary>
    public sealed record CardRemoved() : CardFailure(
        "card-removed",
        "カードが取り外されました。同じカードを戻して「続ける」を押してください。",
        "The card was removed. Put the same card back and press continue.");

    /// <summary>Another card is in the reader than the one the session began with.</summary>
    public sealed record CardChanged() : CardFailure(
        "card-changed",
        "別のカードに入れ替わっています。元のカードに戻して「続ける」を押してください。",
        "This is a different card. Put the first card back and press continue.");

    /// <summary>The card does not answer, or not in time.</summary>
    public sealed record CardMute() : CardFailure(
        "card-mute",
        "カードが応答しません。カードを取り出し、向きを確かめて入れ直し、「続ける」を押してください。",
        "The card does not answer. Take it out, check which way round it goes, put it back and press continue.");

    /// <summary>The reader was unplugged.</summary>
    public sealed record ReaderGone() : CardFailure(
        "reader-gone",
        "カードリーダーが見つかりません。接続を確かめてから、カードを置いて「続ける」を押してください。",
        "The card reader is not connected. Check its cable, put the card in and press continue.");

    /// <summary>The system's smart card service is not running.</summary>
    public sealed record ServiceGone() : CardFailure(
        "service-gone",
        "カードリーダーのサービスが停止しています。数秒待って「続ける」を押し、直らなければ係員を呼んでください。",
        "The smart card service has stopped. Wait a few seconds and press continue; call support if it does not come back.");

    /// <summary>Another program holds the card, or an exchange with a mute card has not ended yet.</summary>
    public sealed record ReaderBusy() : CardFailure(
        "reader-busy",
        "他のソフトウェアがカードを使用中です。そのソフトウェアを終了するか、カードを入れ直して「続ける」を押してください。",
        "Another program is using the card. Close it, or take the card out and put it back, and press continue.");

    /// <summary>Not a My Number card (or not the application asked for).</summary>
    public sealed record NotThisKindOfCard() : CardFailure(
        "not-this-kind-of-card",
        "マイナンバーカードではありません。マイナンバーカードに替えて「続ける」を押してください。",
        "This is not a My Number card. Put a My Number card in and press continue.");

    /// <summary>What is stored on the card cannot be understood: a write was interrupted, or the content is damaged.</summary>
    public sealed record UnreadableContent() : CardFailure(
        "unreadable-content",
        "カードの内容を読み取れません。書き込みをはじめからやり直してください。",
        "The content of the card cannot be read. Do the write again from the start.");

    /// <summary>The card answered with a status word that is not success.</summary>
    public sealed record Refused(StatusWord Status) : CardFailure("refused", Status.Meaning.Japanese, Status.Meaning.English);
}
