using System.Text.RegularExpressions;
using Jpki.Domain;
using Jpki.Domain.Json;
using Jpki.Domain.Statistics;

namespace Jpki.Silo.Reports;

/// <summary>用語: what codes are called in tables for people. English is the code itself, spelt as words; a code without a Japanese term stays as it is.</summary>
internal static partial class Words
{
    private static readonly Dictionary<string, string> _kinds = new()
    {
        ["signature"] = "署名用",
        ["userAuthentication"] = "利用者証明用",
        ["cardFace"] = "券面事項入力補助用",
        ["basicRegister"] = "住民基本台帳用",
    };

    private static readonly Dictionary<string, string> _reasons = new()
    {
        // ApplicationReason
        ["handOver"] = "初回交付",
        ["issue"] = "新規発行",
        ["reissue"] = "再発行",
        ["renewal"] = "更新",

        // RevocationCause and HoldCause
        ["attributesChanged"] = "4情報の変更",
        ["holderApplication"] = "本人からの失効申請",
        ["keyLeaked"] = "秘密鍵の漏えい等",
        ["recordingError"] = "記録誤り・誤発行",
        ["superseded"] = "再発行・更新による失効",
        ["neverConfirmed"] = "書込み未確認",
        ["lossReported"] = "紛失の届出",
        ["death"] = "死亡",
        ["movedOut"] = "転出",
        ["movedOverseas"] = "国外転出",
        ["removedExOfficio"] = "職権消除",
        ["cardEnded"] = "カードの廃止",

        // CardEndCause
        ["expired"] = "有効期間満了",
        ["returned"] = "返納",
        ["abolished"] = "廃止",
        ["lost"] = "紛失",
        ["lapsed"] = "失効",

        // AgentCaseEnd
        ["usedUp"] = "手続き済",
        ["withdrawn"] = "取下げ",
        ["addressChanged"] = "住所の変更",
        ["holderRemoved"] = "住民票の消除",
    };

    private static readonly Dictionary<string, string> _fees = new()
    {
        [FeeOutcome.Charged] = "徴収",
        [FeeOutcome.Included] = "無料(同時申請)",
        [FeeOutcome.Refunded] = "還付",
        ["firstHandOver"] = "無料(初回交付)",
        ["revokedByAttributeChange"] = "無料(4情報の変更による失効)",
        ["notWantedAtHandOver"] = "無料(交付時に希望せず)",
        ["underFifteenAtHandOver"] = "無料(交付時15歳未満)",
        ["oneKindAtHandOver"] = "無料(交付時1種類のみ)",
        ["renewal"] = "無料(更新)",
        ["earlierCardExpired"] = "無料(カードの有効期間満了)",
    };

    private static readonly Dictionary<string, string> _applicants = StoredNames.Applicants.ToDictionary(
        each => each.Key, each => StoredNameAttribute.Of(each.Value).Japanese);

    private static readonly Dictionary<string, string> _procedures = typeof(StoredNameAttribute).Assembly.GetTypes()
        .Where(type => type.IsDefined(typeof(StoredNameAttribute), inherit: false)).Select(StoredNameAttribute.Of)
        .ToDictionary(each => each.Name, each => each.Japanese);

    private static readonly Dictionary<string, string> _figures = new()
    {
        ["cardHandedOver"] = "カード交付",
        ["cardEnded"] = "カード廃止",
        ["applicationAccepted"] = "申請受理",
        ["certificateApplied"] = "申請された電子証明書",
        ["certificateIssued"] = "発行",
        ["waitingTime"] = "所要時間",
        ["certificateGivenUp"] = "申請の断念",
        ["writingResumed"] = "書込みの再開",
        ["certificateRefused"] = "発行の事故",
        ["attemptRefused"] = "不受理",
        ["feeCharged"] = "手数料の徴収",
        ["feeWaived"] = "手数料の免除",
        ["feeRefunded"] = "手数料の還付",
        ["certificateRevoked"] = "失効",
        ["certificateSuspended"] = "一時停止",
        ["certificateReleased"] = "一時停止の解除",
        ["pinResetVisit"] = "暗証番号再設定(来庁)",
        ["pinReset"] = "暗証番号の再設定",
        ["agentCaseOpened"] = "代理人手続きの受付",
        ["agentCaseEnded"] = "代理人手続きの終了",
        ["legacyCertificateRecorded"] = "住基カード証明書の記録",
        ["legacyCertificateRevoked"] = "住基カード証明書の失効",
    };

    private static readonly Dictionary<string, string> _details = StoredNames.AgentErrands
        .ToDictionary(each => each.Key, each => StoredNameAttribute.Of(each.Value).Japanese)
        .Concat(WaitingTime.Names.Select(each => KeyValuePair.Create(each, Span(each))))
        .Append(KeyValuePair.Create("ordered", "発行指図後")).Append(KeyValuePair.Create("notOrdered", "発行指図前"))
        .ToDictionary();

    private static readonly Dictionary<string, string> _subjects = new()
    {
        ["cards"] = "カード",
        ["certificates"] = "電子証明書の申請",
        ["fees"] = "手数料",
        ["refunds"] = "還付",
    };

    public static string Kind(string code, Language language) => In(language, _kinds, code);

    public static string Reason(string code, Language language) => In(language, _reasons, code);

    public static string Fee(string code, Language language) => In(language, _fees, code);

    public static string Applicant(string code, Language language) => In(language, _applicants, code);

    /// <summary>The command's own term.</summary>
    public static string Procedure(string code, Language language) => In(language, _procedures, code);

    public static string FigureName(string code, Language language) => In(language, _figures, code);

    public static string Detail(string code, Language language) => In(language, _details, code);

    public static string Subject(string code, Language language) => In(language, _subjects, code);

    private static string In(Language language, Dictionary<string, string> japanese, string code) =>
        language == Language.Japanese ? japanese.GetValueOrDefault(code, code) : Humps().Replace(code, " $1").Replace('-', char.IsDigit(code.FirstOrDefault()) ? '-' : ' ').ToLowerInvariant();

    private static string Span(string name) =>
        name.Replace("min", "分", StringComparison.Ordinal).Replace('h', '時').Replace("時", "時間", StringComparison.Ordinal).Replace("d", "日", StringComparison.Ordinal).Replace('-', '〜');

    [GeneratedRegex("(?<=[a-z0-9])([A-Z])")]
    private static partial Regex Humps();
}
