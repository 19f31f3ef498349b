namespace Jpki.Domain;

/// <summary>失効の理由: why a certificate was ended for good.</summary>
public enum RevocationCause
{
    /// <summary>4情報の変更 (S6).</summary>
    AttributesChanged,

    /// <summary>本人からの失効申請.</summary>
    HolderApplication,

    /// <summary>秘密鍵の漏えい等.</summary>
    KeyLeaked,

    /// <summary>記録誤り・誤発行 (職権).</summary>
    RecordingError,

    /// <summary>再発行・更新による失効.</summary>
    Superseded,

    /// <summary>カードへの書込みが確認されなかった.</summary>
    NeverConfirmed,

    /// <summary>紛失の届出 (national-2026: the signature certificate ends with it).</summary>
    LossReported,

    /// <summary>死亡.</summary>
    Death,

    /// <summary>転出 out of the registry's scope.</summary>
    MovedOut,

    /// <summary>国外転出.</summary>
    MovedOverseas,

    /// <summary>住民票の職権消除.</summary>
    RemovedExOfficio,

    /// <summary>カードの廃止: returned, abolished, lapsed, expired or lost for good.</summary>
    CardEnded,
}

/// <summary>CRLReason of RFC 5280 5.3.1; the numbers are those of the standard.</summary>
public enum RevocationReason
{
    KeyCompromise = 1,
    AffiliationChanged = 3,
    Superseded = 4,
    CessationOfOperation = 5,
    CertificateHold = 6,

    /// <summary>In delta lists only: a hold was lifted (RFC 5280 5.3.1).</summary>
    RemoveFromCrl = 8,
}

/// <summary>From the municipality's cause to the standard's reason.</summary>
public static class RevocationReasons
{
    public static RevocationReason Of(RevocationCause cause) => cause switch
    {
        RevocationCause.AttributesChanged => RevocationReason.AffiliationChanged,
        RevocationCause.KeyLeaked => RevocationReason.KeyCompromise,
        RevocationCause.Superseded => RevocationReason.Superseded,
        RevocationCause.HolderApplication or RevocationCause.RecordingError or RevocationCause.NeverConfirmed or RevocationCause.LossReported
            => RevocationReason.CessationOfOperation,
        RevocationCause.Death or RevocationCause.MovedOut or RevocationCause.MovedOverseas or RevocationCause.RemovedExOfficio
            => RevocationReason.CessationOfOperation,
        RevocationCause.CardEnded => RevocationReason.CessationOfOperation,
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };
}

/// <summary>一時停止の理由: why a certificate is on hold. Each cause is released by its own act.</summary>
public enum HoldCause
{
    /// <summary>紛失・盗難の届出 by telephone (S30).</summary>
    LossReported,
}
