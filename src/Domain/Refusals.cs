using System.Globalization;
using System.Runtime.CompilerServices;
using Jpki.Domain.Rules;

namespace Jpki.Domain;

/// <summary>不受理の一覧: every "no" of the residents' decider, with the rule it rests on. The code of each is the method's name.</summary>
public static partial class Refusals
{
    private static readonly string _lossReportNumbers = string.Join(", ", LossReportNumbers.All.Select(line => line.Number));

    // Who asks
    public static Refusal RoleMayNot() => Forbidden("house",
        "この操作を行う権限がありません。担当の部署に依頼してください。",
        "Your role may not do this. Ask the department in charge.");

    public static Refusal SuspensionOnlyByCallCentre() => Forbidden("S30",
        $"一時停止は市役所では受け付けできません。24時間365日受付のコールセンター（{_lossReportNumbers}）へお電話ください。",
        $"A suspension can't be taken at the city hall. Please call, at any hour: {_lossReportNumbers}.");

    public static Refusal OtherMunicipality() => Forbidden("S23",
        "他の市区町村の住民です。住民登録のある市区町村の窓口で手続きしてください。",
        "This resident belongs to another municipality, whose counter does this.");

    public static Refusal UnknownOffice() => Forbidden("S14",
        "この端末は電子証明書を発行する窓口に登録されていません。市役所本庁または登録された出張所で手続きしてください。",
        "This terminal is not registered to an issuing office. Go to one of the municipality's offices.");

    // Whom it is about
    public static Refusal UnknownResident() => NotFound("S23",
        "当市に住民登録がありません。番号を確かめてください。",
        "No such resident is registered here. Check the number.");

    public static Refusal AlreadyRegistered() => Conflict("S23",
        "この住民は登録済みです。変更は4情報の変更として送ってください。",
        "This resident is registered already. Send a change of attributes instead.");

    public static Refusal NoLongerRegistered() => Conflict("S23",
        "当市の住民登録がなくなっています。現在の住所地の市区町村で手続きしてください。誤りの場合は住民登録の担当で訂正してください。",
        "This resident is no longer registered here. Go to the municipality lived in now; a mistake is corrected by the registry.");

    public static Refusal AlreadyRemoved() => Conflict("S23",
        "この住民の消除は記録済みです。誤りの場合は消除の訂正を、再び転入した場合は住民登録を送ってください。",
        "This resident's removal is recorded already. Correct it if it was wrong, or register the resident who has come back.");

    public static Refusal DeathRecorded() => Conflict("S23",
        "死亡による消除が記録されています。誤りの場合は消除の訂正を送ってください。",
        "The resident's death is recorded. If it was told by mistake, send a correction of the removal.");

    public static Refusal NotRemoved() => Conflict("S23",
        "訂正する消除の記録がありません。",
        "No removal is recorded that could be corrected.");

    public static Refusal ReturnBeforeRemoval(DateOnly removedOn) => Broken("S23",
        $"再転入の日が消除の日（{Day(removedOn)}）より前です。その日以後の日付を送ってください。",
        $"The return lies before the removal. Send a day from {Day(removedOn)} on.");

    public static Refusal DepartureAlreadyAnnounced() => Conflict("S23",
        "同じ日の国外転出が届出済みです。",
        "A departure on that very day is announced already.");

    public static Refusal NoDepartureDue() => Conflict("S23",
        "予定日の到来した国外転出がありません。",
        "There is no announced departure whose day has come.");

    public static Refusal WardStatusUnchanged() => Conflict("S24",
        "後見の状況に変更がありません。",
        "The ward status is recorded so already.");

    public static Refusal WardMayNotHaveSignature() => Broken("S24",
        "成年被後見人には署名用電子証明書を発行できません。利用者証明用だけを申請し、交付の際は署名用を「不要」としてください。",
        "An adult ward can't have a signature certificate. Apply for user authentication alone; at a hand-over, opt out of the signature kind.");

    public static Refusal NoExceptionForWards() => Broken("S24",
        "現在の適用規則では、成年被後見人への署名用電子証明書の例外を認めていません。",
        "The rules in force allow no exception for adult wards.");

    public static Refusal NotAWard() => Conflict("S24",
        "成年被後見人ではないため、例外は必要ありません。",
        "The resident is no adult ward, so no exception is needed.");

    public static Refusal NothingChanged() => Conflict("S6",
        "4情報に変更がありません。",
        "None of the four attributes differs from what is recorded.");

    public static Refusal NotInThePast(DateOnly today) => Broken("S6",
        $"異動日が未来の日付です。{Day(today)}以前の日付を送ってください。",
        $"The day it took effect lies in the future. Send a day up to {Day(today)}.");

    public static Refusal BirthDateInTheFuture(DateOnly today) => Broken("S6",
        $"生年月日が未来の日付です。{Day(today)}以前の日付を送ってください。",
        $"The date of birth lies in the future. Send a day up to {Day(today)}.");

    // The card
    public static Refusal NoCard() => Conflict("S16",
        "マイナンバーカードが交付されていません。先に交付してください。",
        "This resident has no My Number card yet. Hand one over first.");

    public static Refusal CardAlreadyHandedOver() => Conflict("S3",
        "この住民には既にカードが交付されています。",
        "This resident already holds a card.");

    public static Refusal CardHasEnded() => Conflict("S16",
        "このカードは廃止されています。新しいカードの交付を受けてください。",
        "That card has ended. A new one has to be handed over.");

    public static Refusal CardNotExpiredYet(DateOnly expiresOn) => Conflict("S16",
        $"カードは{Day(expiresOn)}まで有効です。",
        $"The card is valid until {Day(expiresOn)}.");

    public static Refusal CardOfAnotherResident() => Broken("S16",
        "読み取ったカードはこの住民のものではありません。カードを確かめてください。",
        "The card in the reader is not this resident's. Check the card.");

    public static Refusal CardOfAnotherMunicipality() => Broken("S16",
        "他の市区町村が発行したカードです。継続利用の手続きを先に行ってください。",
        "The card was issued by another municipality. Its continued use has to be recorded first.");

    public static Refusal CardExpired(DateOnly expiredOn) => Broken("S16",
        $"カードの有効期限（{Day(expiredOn)}）が切れています。カードの更新が必要です。",
        $"The card expired on {Day(expiredOn)}. It has to be renewed.");

    public static Refusal CardFaceNotCurrent() => Broken("S25",
        "カードの券面が現在の住所・氏名と異なります。先に券面更新を行ってください。同じ来庁でできます。",
        "The card's face does not show the current data. Update the face first; it can be done in the same visit.");

    public static Refusal PinNotVerified() => Broken("S16",
        "暗証番号が確認されていません。カードに暗証番号を入力してください。忘れた場合は再設定できます。",
        "No PIN was verified on the card. Enter one, or reset it if it is forgotten.");

    public static Refusal CardPinNotVerified() => Broken("S27",
        "カードの暗証番号（住民基本台帳用）を入力してください。分からない場合は、本人確認書類により同時に再設定できます。",
        "Enter the card's own PIN. If it is forgotten too, it can be reset in the same visit with an identity document.");

    public static Refusal IdentityDocumentNeeded() => Broken("S28",
        "カードの暗証番号も再設定する場合は、カード以外の本人確認書類が必要です。",
        "To reset the card's own PIN, an identity document other than the card is needed.");

    // Two pairs of eyes
    public static Refusal SecondOfficerNeeded() => Forbidden("house",
        "職権による失効と例外は、2人の職員で行います。職員が提案し、提案者とは別の管理職員が承認してください。",
        "Ex-officio revocations and exceptions take two officers. Propose it; a supervisor other than who proposed confirms.");

    public static Refusal NoSuchProposal() => Conflict("house",
        "その提案は承認待ちではありません。住民の現在の状態を確かめてください。",
        "That proposal does not await confirmation. Look at the resident's present state.");

    public static Refusal ProposalOfAnother() => Forbidden("house",
        "他の職員の提案は取り下げられません。管理職員に依頼してください。",
        "This is another officer's proposal. Ask a supervisor to turn it down.");

    public static Refusal ProposalTooOld(DateOnly lastDay) => Conflict("house",
        $"この提案の承認期限（{Day(lastDay)}）が過ぎています。改めて提案してください。",
        $"This proposal could be confirmed until {Day(lastDay)}. Propose it again.");

    public static Refusal ProposalStillOpen(DateOnly lastDay) => Conflict("house",
        $"この提案は{Day(lastDay)}まで承認できます。",
        $"This proposal can be confirmed until {Day(lastDay)}.");

    public static Refusal ExceptionInThePast(DateOnly today) => Broken("S15",
        $"受付時間の例外は{Day(today)}以後の日について行えます。",
        $"An exception from the reception hours is made for {Day(today)} or a later day.");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Refusal Forbidden(string rule, string ja, string en, [CallerMemberName] string code = "") =>
        new(code, rule, RefusalNature.Forbidden, ja, en);

    private static Refusal NotFound(string rule, string ja, string en, [CallerMemberName] string code = "") =>
        new(code, rule, RefusalNature.NotFound, ja, en);

    private static Refusal Conflict(string rule, string ja, string en, [CallerMemberName] string code = "") =>
        new(code, rule, RefusalNature.Conflict, ja, en);

    private static Refusal Broken(string rule, string ja, string en, [CallerMemberName] string code = "") =>
        new(code, rule, RefusalNature.RuleBroken, ja, en);
}
