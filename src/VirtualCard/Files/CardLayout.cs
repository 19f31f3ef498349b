using Jpki.VirtualCard.State;

namespace Jpki.VirtualCard.Files;

/// <summary>Which applications and files the card has. Identifiers are those open clients of the real card use.</summary>
internal static class CardLayout
{
    public const ushort SignatureCertificate = 0x0001;
    public const ushort UserAuthenticationCertificate = 0x000A;

    /// <summary>公的個人認証アプリケーション.</summary>
    public static CardApplication Jpki { get; } = new(Convert.FromHexString("D392F000260100000001"),
    [
        Certificate(SignatureCertificate, KeyObject.Signature, PinObject.Signature),
        new TransparentFile(0x0002, s => s.SignatureAuthority,
            new(s => s.SignatureAuthority, (s, image) => s with { SignatureAuthority = image })),
        new TransparentFile(0x0006, s => s.TokenInfo),
        new TransparentFile(0x0008, Presence),
        Certificate(UserAuthenticationCertificate, KeyObject.UserAuthentication, readPin: null),
        new TransparentFile(0x000B, s => s.UserAuthenticationAuthority,
            new(s => s.UserAuthenticationAuthority, (s, image) => s with { UserAuthenticationAuthority = image })),
        new TransparentFile(0x0016, s => s.TerminalAuthority),
        new KeyFile(0x0017, KeyObject.UserAuthentication, PinObject.UserAuthentication),
        new PinFile(0x0018, PinObject.UserAuthentication),
        new KeyFile(0x001A, KeyObject.Signature, PinObject.Signature),
        new PinFile(0x001B, PinObject.Signature),
    ]);

    /// <summary>券面事項入力補助アプリケーション.</summary>
    public static CardApplication CardFace { get; } = new(Convert.FromHexString("D3921000310001010408"),
    [
        new TransparentFile(0x0002, s => s.CardFace, new(s => s.CardFace, (s, image) => s with { CardFace = image }), PinObject.CardFace),
        new PinFile(0x0011, PinObject.CardFace),
    ]);

    /// <summary>住民基本台帳アプリケーション.</summary>
    public static CardApplication BasicRegister { get; } = new(Convert.FromHexString("D3921000310001010401"),
    [
        new PinFile(0x001C, PinObject.BasicRegister),
    ]);

    /// <summary>共通アプリケーション.</summary>
    public static CardApplication Common { get; } = new(Convert.FromHexString("D3921000310001010100"),
    [
        new RecordFile(0x0001, s => s.CommonRecord),
    ]);

    private static readonly CardApplication[] Applications = [Jpki, CardFace, BasicRegister, Common];

    public static IEnumerable<PinFile> PinFiles => Applications.SelectMany(application => application.Files).OfType<PinFile>();

    public static CardApplication? Find(ReadOnlySpan<byte> aid)
    {
        foreach (var application in Applications)
        {
            if (aid.SequenceEqual(application.Aid))
                return application;
        }
        return null;
    }

    /// <summary>Which certificate an EF of the JPKI application holds; null for any other EF.</summary>
    public static KeyObject? KeyOfCertificate(ushort id) => id switch
    {
        SignatureCertificate => KeyObject.Signature,
        UserAuthenticationCertificate => KeyObject.UserAuthentication,
        _ => null,
    };

    private static TransparentFile Certificate(ushort id, KeyObject key, PinObject? readPin) => new(
        id,
        s => s.Keys[key].Certificate,
        new(s => s.Keys[key].PendingCertificate, (s, image) => s.With(key, s.Keys[key] with { PendingCertificate = image })),
        readPin);

    /// <summary>EF 0008 is derived, never stored: it cannot disagree with the certificates.</summary>
    private static byte[] Presence(CardState state) => [Flag(state, KeyObject.Signature), Flag(state, KeyObject.UserAuthentication), 0x00];

    private static byte Flag(CardState state, KeyObject key) => state.Keys[key].Certificate is null ? (byte)0x00 : (byte)0x8F;
}
