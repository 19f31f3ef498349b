using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents;

/// <summary>カードの読み取り: which certificates a card really carries, as a counter read them. An observation, to be compared with the record.</summary>
/// <param name="Certificates">Every certificate on the card, at most one of each kind.</param>
public sealed record CardReading(CardSerial Card, IReadOnlyList<CardReading.Certificate> Certificates)
{
    /// <param name="Sha256">Of the DER as read, lower-case hexadecimal.</param>
    public sealed record Certificate(CertificateKind Kind, SerialNumber Serial, string Sha256);
}
