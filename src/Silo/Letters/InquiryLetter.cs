using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Silo.Letters;

/// <summary>
/// 照会書兼回答書: asks the holder by post whether the agent was really sent, and is the reply when filled in by hand and sealed (S22). It bears no PIN
/// and no name of the agent: the holder writes both.
/// </summary>
public static class InquiryLetter
{
    private static readonly HtmlEncoder _html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>The whole page, to be printed on one side of A4 each for letter and PIN form.</summary>
    /// <param name="at">The instant it is made, whose day it is dated with.</param>
    public static string Html(Municipality municipality, FourAttributes holder, AgentCaseView agentCase, DateTimeOffset at) => $$"""
        <!DOCTYPE html>
        <html lang="ja">
        <head>
        <meta charset="utf-8">
        <title>照会書兼回答書</title>
        <style>
        @page { size: A4 portrait; margin: 20mm 18mm }
        body { font: 11pt/1.6 "Noto Serif CJK JP", "Yu Mincho", serif; color: #000; margin: 0 auto; max-width: 174mm }
        h1, h2 { text-align: center; font-size: 15pt; letter-spacing: .3em; margin: 6mm 0 }
        .to { font-size: 12pt; min-height: 28mm } .right { text-align: right } .small { font-size: 9pt }
        table { width: 100%; border-collapse: collapse; margin: 3mm 0 } th, td { border: .3mm solid #000; padding: 2mm 3mm }
        th { width: 42mm; text-align: left; font-weight: normal } td { height: 8mm }
        .boxes span { display: inline-block; width: 8mm; height: 10mm; border: .3mm solid #000; margin-right: 1mm }
        .cut { border-top: .3mm dashed #000; margin: 6mm 0 } .sheet { break-before: page }
        </style>
        </head>
        <body>
        <section>
        <p class="to">{{Text(holder.Address)}}<br>{{Text(holder.Name)}} 様</p>
        <p class="right">{{Day(Jst.DayOf(at))}}<br>{{Text(municipality.Prefecture)}}{{Text(municipality.JapaneseName)}}長</p>
        <h1>照会書</h1>
        <p>あなたの代理人という方から、次の手続きの申出がありました。あなたの意思によるものかどうかを確かめるため、照会します。
        間違いなければ、下の回答書と別紙の暗証番号届にご自身で記入し、封筒に入れて封をして代理人に渡してください。
        心当たりがない場合は、回答せずに市役所へご連絡ください。</p>
        <table>
        <tr><th>手続きの内容</th><td>{{Text(Describe(agentCase.Errand))}}</td></tr>
        <tr><th>回答・手続きの期限</th><td>{{Day(agentCase.DueOn)}}まで（期限を過ぎると無効になります）</td></tr>
        <tr><th>受付番号</th><td>{{agentCase.Id}}</td></tr>
        </table>
        <div class="cut"></div>
        <h2>回答書</h2>
        <p>上の手続きは私の意思によるものに間違いありません。次の者を代理人と定め、この手続きを委任します。</p>
        <table>
        <tr><th>代理人の住所</th><td></td></tr>
        <tr><th>代理人の氏名</th><td></td></tr>
        <tr><th>代理人の生年月日</th><td>　　　　　年　　　月　　　日</td></tr>
        <tr><th>本人の住所</th><td></td></tr>
        <tr><th>本人の氏名（自署）</th><td></td></tr>
        <tr><th>記入日</th><td>　　　　　年　　　月　　　日</td></tr>
        </table>
        </section>
        <section class="sheet">
        <h2>暗証番号届</h2>
        <p>本人が記入し、代理人に見せずに、回答書とともに封筒に入れて<strong>必ず封をしてください</strong>。封が開いている場合は受け付けられません。
        手続きに要る暗証番号だけを記入してください。この用紙は手続きの後に破棄します。</p>
        <p class="right small">受付番号 {{agentCase.Id}}</p>
        <table>
        <tr><th>署名用電子証明書<br><span class="small">英大文字と数字を混ぜて6〜16桁</span></th><td class="boxes">{{Boxes(16)}}</td></tr>
        <tr><th>利用者証明用電子証明書<br><span class="small">数字4桁</span></th><td class="boxes">{{Boxes(4)}}</td></tr>
        <tr><th>住民基本台帳用<br><span class="small">数字4桁</span></th><td class="boxes">{{Boxes(4)}}</td></tr>
        <tr><th>券面事項入力補助用<br><span class="small">数字4桁</span></th><td class="boxes">{{Boxes(4)}}</td></tr>
        </table>
        </section>
        </body>
        </html>
        """;

    private static string Describe(AgentErrand errand) => errand switch
    {
        AgentErrand.Issue x => $"電子証明書の発行・更新（{Kinds(x.Kinds)}）",
        AgentErrand.ResetPins x => $"暗証番号の再設定（{string.Join("・", x.Pins.Select(Name))}）",
        AgentErrand.Release => "電子証明書の一時停止の解除",
        AgentErrand.ReceiveCard => "個人番号カードの受領",
        AgentErrand.Revoke x => $"電子証明書の失効（{Kinds(x.Kinds)}）",
        _ => throw new ArgumentOutOfRangeException(nameof(errand)),
    };

    private static string Kinds(IReadOnlyList<CertificateKind> kinds) =>
        string.Join("・", kinds.Select(kind => kind == CertificateKind.Signature ? "署名用" : "利用者証明用"));

    private static string Name(PinKind pin) => pin switch
    {
        PinKind.Signature => "署名用",
        PinKind.UserAuthentication => "利用者証明用",
        PinKind.CardFace => "券面事項入力補助用",
        PinKind.BasicRegister => "住民基本台帳用",
        _ => throw new ArgumentOutOfRangeException(nameof(pin), pin, null),
    };

    private static string Boxes(int count) => string.Concat(Enumerable.Repeat("<span></span>", count));

    private static string Text(string text) => _html.Encode(text);

    private static string Day(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);
}
