using Jpki.Domain.Rules;
using static Jpki.Silo.CallCentre.SpokenFacts;

namespace Jpki.Silo.CallCentre.Scripts;

/// <summary>日本語</summary>
internal static class Japanese
{
    public static readonly CallCentreScript Script = new()
    {
        Code = "ja",
        Tag = "ja",
        OwnName = "日本語",
        Title = "マイナンバーカードの紛失・盗難の受付",
        Lead = "上から順に読み上げます。質問には答えを聞いてから次へ進みます。",
        Parts =
        [
            new(ScriptStep.Greeting, "最初に", [
                "マイナンバーカードの紛失・盗難の受付です。この電話は24時間365日つながります。",
                "通話中、暗証番号とマイナンバーはおっしゃらないでください。"]),
            new(ScriptStep.Identify, "本人確認", [
                "ご本人であることを確かめるため、住民票のとおりにお答えください。",
                "登録されている内容と一致しない場合は、一時停止をお受けできません。"],
                "お名前をお願いします。", "生年月日をお願いします。", "ご住所をお願いします。"),
            new(ScriptStep.Suspend, "一時停止するもの", [
                "カードに入っている署名用電子証明書と利用者証明用電子証明書が、どちらも使えなくなります。",
                "e-Tax などの電子申請、コンビニでの証明書の取得、オンラインサービスへのログインにカードを使えなくなります。"],
                "今すぐ一時停止してよろしいですか。"),
            new(ScriptStep.Confirm, "一時停止したら", [
                "ただいま一時停止しました。夜間や休日でも、すぐに効力が生じます。"]),
            new(ScriptStep.Police, "警察への届出", [
                "警察に遺失届または盗難届を出して、受理番号を控えてください。",
                "受理番号は、市区町村の窓口で紛失の届出やカードの再交付の申請をするときに必要です。"]),
            new(ScriptStep.Found, "カードが見つかったとき", [
                "一時停止は、電話では解除できません。",
                "ご本人がカードを持って住民登録のある市区町村の窓口へお越しになり、暗証番号を入力して解除の手続きをしてください。",
                "市区町村によっては署名用電子証明書が失効しており、解除ではなく再発行の手続きになります。"]),
            new(ScriptStep.Enquiries, "お問い合わせ", [
                "紛失・盗難の受付は24時間365日です。",
                $"電話番号は、{TollFree}、{Charged}、IP電話などからは{IpTelephone}です。",
                $"その他のお問い合わせは、平日は{Opens}から{ClosesOnWeekdays}まで、土曜・日曜・祝日は{Opens}から{ClosesOnWeekendsAndHolidays}までです。",
                "12月29日から1月3日までは、お問い合わせをお休みします。"]),
        ],
        LineNames = [.. LossReportNumbers.All.Select(line => line.JapaneseName)],
        Questions = "お尋ねすること",
        OpenNow = "いまつながる電話",
        JapanTime = "現在（日本時間）",
        Number = "電話番号",
        Line = "窓口",
        LossReports = "紛失・盗難",
        Enquiries = "その他の問い合わせ",
        Open = "受付中",
        Closed = "時間外",
        Languages = "言語",
        TestNotice = "これは試験用のシステムです。国や市区町村の窓口ではありません。",
    };
}
