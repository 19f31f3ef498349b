namespace Jpki.Domain;

public static partial class Refusals
{
    // The certificate
    public static Refusal UnknownCertificate() => NotFound("S16",
        "その発行番号の電子証明書はこの住民にありません。",
        "This resident has no certificate with that serial number.");

    public static Refusal NotAwaitingConfirmation() => Conflict("S16",
        "その電子証明書は書込み確認を待っていません。住民の現在の状態を確かめてください。",
        "That certificate does not await confirmation. Look at the resident's present state.");

    public static Refusal CertificateWasRefused() => Conflict("S16",
        "この電子証明書は発行時の検査に合格せず、発行されていません。管理職員に連絡し、申請を取り下げるか、新しい鍵で続きを行ってください。",
        "This certificate failed its check and was never issued. Call a supervisor; abandon the application, or carry on with a new key.");

    public static Refusal ReadBackDiffers() => Broken("S16",
        "カードから読み戻した電子証明書が発行したものと一致しません。書込みをやり直してください。",
        "What was read back from the card is not the certificate issued. Write it again.");

    public static Refusal NothingToRevoke() => Conflict("S6",
        "失効できる電子証明書がありません。",
        "There is no certificate to revoke.");

    public static Refusal CauseNotForCounter() => Broken("S6",
        "窓口で選べる失効の理由は、本人の申請と秘密鍵の漏えいです。",
        "At the counter a certificate is revoked by application or key leak only.");

    public static Refusal NothingToSuspend() => Conflict("S30",
        "一時停止できる有効な電子証明書がありません。",
        "There is no valid certificate to suspend.");

    public static Refusal AlreadySuspended() => Conflict("S30",
        "既に一時停止されています。カードが見つかったら窓口で解除してください。",
        "It is suspended already. When the card is found, it is released at the counter.");

    public static Refusal NothingOnHold() => Conflict("S32",
        "一時停止中の電子証明書がありません。",
        "No certificate is on hold.");

    public static Refusal NoPinChosen() => Broken("S27",
        "再設定する暗証番号を選んでください。",
        "Choose which PINs to reset.");

    public static Refusal NoPinResetUnderWay() => Conflict("S27",
        "受理済みの暗証番号再設定がありません。",
        "No approved PIN reset is under way.");

    // Juki cards
    public static Refusal JukiCardsEnded() => Broken("S1",
        "住民基本台帳カードへの電子証明書の発行は平成27年12月22日で終了しました。マイナンバーカードを申請してください。電子証明書は標準で搭載され、初回は無料です。",
        "Certificates are not written to Juki cards since 23 December 2015. Apply for a My Number card: it carries certificates, the first ones free.");

    public static Refusal JukiCardsNotServedHere() => Broken("S1",
        "この窓口システムでは住民基本台帳カードを取り扱いません。従来の端末で手続きしてください。",
        "Juki cards are not served here. Use the terminals they were issued with.");

    public static Refusal LegacyIssuedTooLate(DateOnly last) => Broken("S1",
        $"住民基本台帳カードの電子証明書の発行日は{Day(last)}以前です。発行日を確かめてください。",
        $"Certificates on Juki cards were issued up to {Day(last)}. Check the day of issue.");

    public static Refusal LegacyIssuedTooEarly(DateOnly first) => Broken("S2",
        $"公的個人認証サービスの開始（{Day(first)}）より前の発行日です。発行日を確かめてください。",
        $"The day of issue lies before the service began on {Day(first)}. Check the day of issue.");

    public static Refusal LegacyAlreadyRecorded() => Conflict("S2",
        "この発行番号の住基カードの電子証明書は、同じ発行日で記録済みです。",
        "This certificate on a Juki card is recorded already, with the same day of issue.");

    public static Refusal LegacyRecordedOtherwise() => Conflict("S2",
        "この発行番号の住基カードの電子証明書は、別の発行日で記録済みです。どちらが正しいか確かめてください。",
        "This certificate on a Juki card is recorded already with another day of issue. Check which is right.");
}
