namespace Jpki.Domain.Statistics;

/// <summary>統計項目: what is counted. Every figure only grows, so cells of any two spans of events add up.</summary>
public enum Figure
{
    /// <summary>個人番号カードの交付</summary>
    CardHandedOver,

    /// <summary>個人番号カードの廃止, by cause.</summary>
    CardEnded,

    /// <summary>申請受理: applications, whatever the number of kinds.</summary>
    ApplicationAccepted,

    /// <summary>申請された電子証明書: each kind of an application.</summary>
    CertificateApplied,

    /// <summary>発行: written to the card and read back. What was signed and never written is no issuance.</summary>
    CertificateIssued,

    /// <summary>所要時間: from the application to the confirmed writing, each certificate in its <see cref="WaitingTime"/>.</summary>
    WaitingTime,

    /// <summary>申請の断念: kinds applied for that never came to the card.</summary>
    CertificateGivenUp,

    /// <summary>書込みの再開: the card had lost its key, and the writing went on with a new one.</summary>
    WritingResumed,

    /// <summary>発行の事故: a certificate did not pass the check of its profile.</summary>
    CertificateRefused,

    /// <summary>手数料の徴収: applications with a fee, and the yen.</summary>
    FeeCharged,

    /// <summary>手数料の免除: applications that cost nothing.</summary>
    FeeWaived,

    /// <summary>手数料の還付: applications whose fee went back, and the yen.</summary>
    FeeRefunded,

    /// <summary>失効, by cause.</summary>
    CertificateRevoked,

    /// <summary>一時停止, by cause.</summary>
    CertificateSuspended,

    /// <summary>一時停止の解除, by cause.</summary>
    CertificateReleased,

    /// <summary>不受理: attempts that were refused, by rule and code; one made again counts again.</summary>
    AttemptRefused,

    /// <summary>暗証番号の再設定: visits.</summary>
    PinResetVisit,

    /// <summary>暗証番号の再設定: each PIN of a visit.</summary>
    PinReset,

    /// <summary>代理人手続きの受付, by errand.</summary>
    AgentCaseOpened,

    /// <summary>代理人手続きの終了, by why and errand.</summary>
    AgentCaseEnded,

    /// <summary>住基カードの電子証明書の記録</summary>
    LegacyCertificateRecorded,

    /// <summary>住基カードの電子証明書の失効, by cause.</summary>
    LegacyCertificateRevoked,
}
