using Jpki.Counter.Gateway.Apdu;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>One of the two certificates of the card, with the files of the JPKI application that belong to it.</summary>
public sealed class JpkiSlot
{
    private JpkiSlot()
    {
    }

    /// <summary>署名用電子証明書: PIN of 6–16 characters, 5 tries (S9); the certificate is read only after the PIN.</summary>
    public static JpkiSlot Signature { get; } = new()
    {
        Name = "signature",
        Certificate = new FileId(0x0001),
        AuthorityCertificate = new FileId(0x0002),
        PrivateKey = new FileId(0x001A),
        PinFile = new FileId(0x001B),
        KeyReference = 0x9A,
    };

    /// <summary>利用者証明用電子証明書: PIN of 4 digits, 3 tries (S12); the certificate is free to read.</summary>
    public static JpkiSlot UserAuthentication { get; } = new()
    {
        Name = "user authentication",
        Certificate = new FileId(0x000A),
        AuthorityCertificate = new FileId(0x000B),
        PrivateKey = new FileId(0x0017),
        PinFile = new FileId(0x0018),
        KeyReference = 0x97,
    };

    public static IReadOnlyList<JpkiSlot> All { get; } = [UserAuthentication, Signature];

    public required string Name { get; init; }

    public required FileId Certificate { get; init; }

    /// <summary>EF of the certificate of the authority that signed <see cref="Certificate"/>.</summary>
    public required FileId AuthorityCertificate { get; init; }

    public required FileId PrivateKey { get; init; }

    public required FileId PinFile { get; init; }

    /// <summary>P2 of GENERATE ASYMMETRIC KEY PAIR (simulated personalisation).</summary>
    public required byte KeyReference { get; init; }

    public override string ToString() => Name;
}
