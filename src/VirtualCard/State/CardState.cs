using System.Collections.Immutable;

namespace Jpki.VirtualCard.State;

/// <summary>暗証番号: the card's four PIN objects.</summary>
internal enum PinObject
{
    /// <summary>署名用 (EF 001B of the JPKI application): 6–16 of A–Z and 0–9, five tries.</summary>
    Signature,

    /// <summary>利用者証明用 (EF 0018 of the JPKI application): 4 digits, three tries.</summary>
    UserAuthentication,

    /// <summary>券面事項入力補助用 (EF 0011): 4 digits, three tries.</summary>
    CardFace,

    /// <summary>住民基本台帳用 (EF 001C): 4 digits, three tries.</summary>
    BasicRegister,
}

/// <summary>電子証明書の種別: the two certificates a card carries.</summary>
internal enum KeyObject
{
    Signature,
    UserAuthentication,
}

/// <summary>A PIN and what is left of its tries; blocked, or never set, at zero.</summary>
/// <param name="Value">Null until the issuer sets it.</param>
/// <param name="TriesLeft">From the maximum down to 0.</param>
internal sealed record PinState(string? Value, int TriesLeft)
{
    public static PinState Unset { get; } = new(null, 0);

    /// <summary>Never the PIN itself: records print their members, and this one must not reach a log.</summary>
    public override string ToString() => $"PIN with {TriesLeft} tries left";
}

/// <summary>
/// One kind of certificate: the pair in use, and the pending pair that waits for activation.
/// Keys are PKCS#1 RSAPrivateKey; certificate images are DER, possibly followed by filler FF.
/// </summary>
internal sealed record KeySlot(byte[]? Key, byte[]? Certificate, byte[]? PendingKey, byte[]? PendingCertificate)
{
    public static KeySlot Empty { get; } = new(null, null, null, null);

    public override string ToString() => Certificate is null ? "empty key slot" : "key slot in use";
}

/// <summary>
/// Everything that survives pulling the card. Immutable: a command makes the next state as a whole and hands it to the
/// store in one step, so no crash can leave half a change.
/// </summary>
internal sealed record CardState
{
    /// <summary>EF 0016: the terminal authority's P-256 public key, uncompressed, 65 bytes.</summary>
    public required byte[] TerminalAuthority { get; init; }

    /// <summary>EF 0006: 160 bytes.</summary>
    public required byte[] TokenInfo { get; init; }

    /// <summary>Record 1 of the common application: 28 ASCII digits.</summary>
    public required byte[] CommonRecord { get; init; }

    /// <summary>Card face EF 0002.</summary>
    public byte[]? CardFace { get; init; }

    /// <summary>EF 0002: certificate of the authority for signature certificates.</summary>
    public byte[]? SignatureAuthority { get; init; }

    /// <summary>EF 000B: certificate of the authority for user authentication certificates.</summary>
    public byte[]? UserAuthenticationAuthority { get; init; }

    public ImmutableDictionary<PinObject, PinState> Pins { get; init; } =
        Enum.GetValues<PinObject>().ToImmutableDictionary(pin => pin, _ => PinState.Unset);

    public ImmutableDictionary<KeyObject, KeySlot> Keys { get; init; } =
        Enum.GetValues<KeyObject>().ToImmutableDictionary(key => key, _ => KeySlot.Empty);

    public CardState With(PinObject pin, PinState state) => this with { Pins = Pins.SetItem(pin, state) };

    public CardState With(KeyObject key, KeySlot slot) => this with { Keys = Keys.SetItem(key, slot) };

    public override string ToString() => "card state";
}
