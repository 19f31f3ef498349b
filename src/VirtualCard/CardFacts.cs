namespace Jpki.VirtualCard;

/// <summary>What anyone holding the card could find out without a PIN.</summary>
/// <param name="CardSerial">15 digits.</param>
/// <param name="MunicipalityCode">5 digits.</param>
/// <param name="ExpiresOn">Inclusive.</param>
/// <param name="HasSignatureCertificate">EF 0008, first byte.</param>
/// <param name="HasUserAuthenticationCertificate">EF 0008, second byte.</param>
/// <param name="TriesLeft">By PIN EF ("001B", "0018", "0011", "001C"); 0 is blocked or never set.</param>
public sealed record CardFacts(
    string CardSerial, string MunicipalityCode, DateOnly ExpiresOn, bool HasSignatureCertificate, bool HasUserAuthenticationCertificate,
    IReadOnlyDictionary<string, int> TriesLeft);
