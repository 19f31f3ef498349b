namespace Jpki.VirtualCard;

/// <summary>発注: what a (simulated) card is manufactured from.</summary>
/// <param name="CardSerial">製造番号, exactly 15 digits.</param>
/// <param name="MunicipalityCode">市区町村コード, 5 digits without the check digit.</param>
/// <param name="ExpiresOn">The card's last day, inclusive.</param>
/// <param name="TerminalAuthorityPublicKey">P-256 point, uncompressed, 65 bytes; only terminals it certified may personalise.</param>
/// <param name="Face">The attributes in the card-face application.</param>
public sealed record CardOrder(
    string CardSerial, string MunicipalityCode, DateOnly ExpiresOn, byte[] TerminalAuthorityPublicKey, FaceAttributes Face);

/// <summary>券面の四情報 as printed on the card.</summary>
/// <param name="Name">氏名.</param>
/// <param name="Address">住所.</param>
/// <param name="BirthDate">生年月日.</param>
/// <param name="Sex">性別: '1' male, '2' female, '3' other.</param>
public sealed record FaceAttributes(string Name, string Address, DateOnly BirthDate, char Sex)
{
    /// <summary>Personal data stays out of logs.</summary>
    public override string ToString() => "face attributes";
}
