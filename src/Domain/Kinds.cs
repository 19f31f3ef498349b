namespace Jpki.Domain;

/// <summary>電子証明書の種類: the two certificates of a card.</summary>
public enum CertificateKind
{
    /// <summary>署名用: signs electronic applications (S8). Carries the four attributes.</summary>
    Signature,

    /// <summary>利用者証明用: proves at log-in that one is the holder (S11). Carries no personal data.</summary>
    UserAuthentication,
}

/// <summary>How a kind stands in paths, file names and key labels.</summary>
public static class CertificateKindNames
{
    /// <summary><c>signature</c> or <c>user-authentication</c>.</summary>
    public static string PathName(this CertificateKind kind) => kind switch
    {
        CertificateKind.Signature => "signature",
        CertificateKind.UserAuthentication => "user-authentication",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };
}

/// <summary>暗証番号の種類: the PINs of a card.</summary>
public enum PinKind
{
    /// <summary>署名用電子証明書の暗証番号: 6–16 capitals and digits (S9), 5 tries.</summary>
    Signature,

    /// <summary>利用者証明用電子証明書の暗証番号: 4 digits (S12), 3 tries.</summary>
    UserAuthentication,

    /// <summary>券面事項入力補助用の暗証番号: 4 digits, 3 tries.</summary>
    CardFace,

    /// <summary>住民基本台帳用の暗証番号, "the card's own PIN" at the counter: 4 digits, 3 tries.</summary>
    BasicRegister,
}

/// <summary>性別, coded as in the certificate's subjectAltName (1.2.392.200149.8.5.5.3).</summary>
public enum Sex
{
    /// <summary>男</summary>
    Male = 1,

    /// <summary>女</summary>
    Female = 2,

    /// <summary>不明</summary>
    Unknown = 3,
}

/// <summary>4情報: the four attributes of a resident.</summary>
public enum AttributeKind
{
    /// <summary>氏名</summary>
    Name,

    /// <summary>住所</summary>
    Address,

    /// <summary>生年月日</summary>
    BirthDate,

    /// <summary>性別</summary>
    Sex,
}
