using Jpki.Domain;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>手順の説明: every step a procedure shows, in plain words.</summary>
internal static class Steps
{
    public static ProcedureStep ReadCard() => new("read-card", null, "カードを読み取っています", "Reading the card");

    public static ProcedureStep VerifyPin() => new("verify-pin", null, "暗証番号を確認しています", "Verifying the PIN on the card");

    public static ProcedureStep Apply() => new("apply", null, "申請を登録しています", "Recording the application");

    public static ProcedureStep Fee(int yen) => new(
        "fee", null, $"手数料 {yen}円を収納し、領収書を渡してください", $"Collect {yen} yen and hand over the receipt");

    public static ProcedureStep NoFee() => new("fee", null, "手数料は無料です", "There is no fee");

    public static ProcedureStep HandOver() => new("hand-over", null, "カードの交付を登録しています", "Recording the hand-over");

    public static ProcedureStep SetPins() => new("set-pins", null, "暗証番号を設定しています", "Setting the PINs");

    public static ProcedureStep CarryOn() => new("carry-on", null, "続きから行います", "Carrying on where it stopped");

    public static ProcedureStep CarryOnEarlier() =>
        new("carry-on", null, "以前に受理した申請の続きを行います", "Carrying on an application accepted earlier");

    public static ProcedureStep WriteFace() => new("write-face", null, "券面の情報を更新しています", "Updating the card's face data");

    public static ProcedureStep CarryOnWriting(CertificateKind kind) =>
        new("carry-on-writing", kind, $"発行済みの{Ja(kind)}電子証明書を確かめています", $"Checking the {En(kind)} certificate issued before");

    public static ProcedureStep SetPin(CertificateKind kind) =>
        new("set-pin", kind, $"{Ja(kind)}の暗証番号を設定しています", $"Setting the {En(kind)} PIN");

    public static ProcedureStep GenerateKey(CertificateKind kind) =>
        new("generate-key", kind, $"{Ja(kind)}の鍵をカード内で生成しています", $"Generating the {En(kind)} key pair on the card");

    public static ProcedureStep ProveKey(CertificateKind kind) =>
        new("prove-key", kind, "カードが鍵を持つことを証明しています", "The card proves that it holds the key");

    public static ProcedureStep Order(CertificateKind kind) =>
        new("order", kind, $"{Ja(kind)}電子証明書の発行を求めています", $"Ordering the {En(kind)} certificate");

    public static ProcedureStep Write(CertificateKind kind) =>
        new("write-certificate", kind, $"{Ja(kind)}電子証明書を書き込んでいます", $"Writing the {En(kind)} certificate");

    public static ProcedureStep Activate(CertificateKind kind) =>
        new("activate", kind, $"{Ja(kind)}電子証明書を有効にしています", $"Activating the {En(kind)} certificate");

    public static ProcedureStep ReadBack(CertificateKind kind) => new("read-back", kind, "書き込んだ内容を読み戻しています", "Reading it back");

    public static ProcedureStep Confirm(CertificateKind kind) => new("confirm", kind, "書込みの確認を登録しています", "Recording the confirmation");

    public static ProcedureStep Release() => new("release", null, "一時停止の解除を登録しています", "Recording the release");

    public static ProcedureStep ApprovePinReset() =>
        new("approve-pin-reset", null, "暗証番号の再設定を登録しています", "Recording the PIN reset");

    public static ProcedureStep ChangePin() => new("change-pin", null, "暗証番号を変更しています", "Changing the PIN");

    public static ProcedureStep Check(string japanese, string english) => new("check", null, japanese, english);

    private static string Ja(CertificateKind kind) => kind == CertificateKind.Signature ? "署名用" : "利用者証明用";

    private static string En(CertificateKind kind) => kind == CertificateKind.Signature ? "signature" : "user authentication";
}
