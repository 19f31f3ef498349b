namespace Jpki.Domain;

public static partial class Refusals
{
    // The application
    public static Refusal NoKindChosen() => Broken("S3",
        "電子証明書の種類を選んでください。同じ種類は1回だけ選べます。",
        "Choose the kinds of certificate, each at most once.");

    public static Refusal TooYoungForSignature() => Broken("S24",
        "15歳未満の方には署名用電子証明書を発行できません。利用者証明用は発行できます。",
        "A signature certificate can't be issued to a person under fifteen. A user authentication certificate can.");

    public static Refusal ApplicationUnderWay() => Conflict("S16",
        "処理中の申請があります。カードを置いて続きを行うか、申請を取り下げてください。",
        "An application is under way. Put the card in and continue it, or abandon it.");

    public static Refusal NoSuchApplication() => Conflict("S16",
        "その申請は処理中ではありません。住民の現在の状態を確かめてください。",
        "That application is not under way. Look at the resident's present state.");

    public static Refusal WithinGracePeriod(DateOnly lastDay) => Conflict("B4",
        $"書込みの確認を{Day(lastDay)}まで待ちます。",
        $"Confirmation is awaited until {Day(lastDay)}.");

    public static Refusal KindNotApplied() => Conflict("S16",
        "その種類は申請されていないか、既に書込みが確認されています。",
        "That kind was not applied for, or is on the card already.");

    public static Refusal AlreadyOrdered() => Conflict("S16",
        "同じ鍵の電子証明書は既に発行されています。それをカードに書き込んでください。",
        "A certificate for this very key exists already. Write that one to the card.");

    public static Refusal CertificateOnHold() => Conflict("S32",
        "一時停止中の電子証明書があります。先に一時停止を解除してください。",
        "A certificate is on hold. Release it first.");

    public static Refusal RenewalNotOpenYet(DateOnly from) => Broken("S10",
        $"更新は有効期間満了日の3か月前の翌日（{Day(from)}）から受け付けます。",
        $"Renewal opens on {Day(from)}, the day after three months before the last day.");

    public static Refusal ValidityHasEnded() => Broken("S10",
        "申請のときに決まった有効期間が既に満了しています。申請を取り下げて、改めて申請してください。",
        "The validity settled with the application is over already. Abandon the application and apply again.");

    public static Refusal UserAuthenticationFirst() => Conflict("S10",
        "利用者証明用電子証明書の書込みを先に終えてください。署名用の有効期間はその満了日までです。",
        "Finish the user authentication certificate first: the signature certificate may not outlive the one that is held.");

    // Who comes for the holder
    public static Refusal RepresentativeNeeded() => Broken("S24",
        "15歳未満の方と成年被後見人の手続きは、法定代理人が代理権を証明する書類を持って行ってください。",
        "For a holder under fifteen, or an adult ward, the legal representative has to come, with proof of authority.");

    public static Refusal NotRepresented() => Broken("S22",
        "15歳以上で成年被後見人でない方の手続きは、ご本人が行ってください。来庁できない場合は任意代理人の手続き（照会書兼回答書）ができます。",
        "A holder of fifteen or more who is no ward acts in person, or appoints an agent, which takes an inquiry letter.");

    public static Refusal NoSuchAgentCase() => Conflict("S22",
        "その代理人手続きは受け付けられていないか、既に終了しています。",
        "That agent case was never opened, or has ended.");

    public static Refusal AgentCaseUnderWay() => Conflict("S22",
        "処理中の代理人手続きがあります。続きを行うか、取り下げてください。",
        "An agent case is under way. Continue it, or close it.");

    public static Refusal AgentCaseExpired(DateOnly dueOn) => Broken("S22",
        $"代理人手続きの期限（{Day(dueOn)}）が過ぎています。改めて受け付けてください。",
        $"The agent case was good until {Day(dueOn)}. Open another one.");

    public static Refusal AgentCaseStillOpen(DateOnly dueOn) => Conflict("S22",
        $"代理人手続きの期限（{Day(dueOn)}）はまだ過ぎていません。",
        $"The agent case is good until {Day(dueOn)}.");

    public static Refusal LetterAlreadySent() => Conflict("S22",
        "照会書兼回答書は発送済みです。",
        "The inquiry letter was sent already.");

    public static Refusal LetterNotSent() => Conflict("S22",
        "照会書兼回答書がまだ発送されていません。",
        "The inquiry letter was not sent yet.");

    public static Refusal AlreadyAnswered() => Conflict("S22",
        "回答書は受領済みです。手続きを行ってください。",
        "The reply was accepted already. Go on with the procedure.");

    public static Refusal ReplyNotInOrder() => Broken("S22",
        "回答書にご本人の署名による同意がないか、封が開いています。ご本人に改めて照会してください。",
        "The reply lacks the holder's signed consent, or its seal is broken. The holder has to be asked again.");

    public static Refusal HolderHasNotAnswered() => Broken("S22",
        "ご本人の回答書がまだありません。回答書の受領を先に行ってください。",
        "The holder has not answered yet. Take the sealed reply first.");

    public static Refusal AnotherErrand() => Broken("S22",
        "ご本人が同意した手続きの内容と異なります。回答書の内容どおりに行ってください。",
        "This is not what the holder agreed to. Do exactly what the reply says.");

    public static Refusal DocumentImagesNeeded() => Broken("S26",
        "本人確認書類の両面の写しが必要です。",
        "Images of both sides of the identity document are needed.");

    public static Refusal NumberCardNotCopied() => Broken("S26",
        "個人番号カードの写しは取れません。裏面に個人番号が記載されています。写しを破棄し、画像なしで手続きしてください。",
        "An individual number card is not copied: its back bears the individual number. Destroy the copy and go on without images.");
}
