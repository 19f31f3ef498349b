namespace Jpki.VirtualCard.Apdus;

/// <summary>ステータスワード: the two bytes that end every answer (ISO 7816-4, 5.6).</summary>
internal enum StatusWord : ushort
{
    Success = 0x9000,

    /// <summary>External authentication or certificate verification failed, with no counter behind it.</summary>
    AuthenticationFailed = 0x6300,

    /// <summary>Base of 63Cx: the PIN was wrong, the low nibble is what is left of the tries.</summary>
    TriesLeft = 0x63C0,

    WrongLength = 0x6700,
    SecurityStatusNotSatisfied = 0x6982,

    /// <summary>Reference data not usable. This card says it for a blocked PIN where ISO would say 6983.</summary>
    PinBlocked = 0x6984,

    ConditionsNotSatisfied = 0x6985,

    /// <summary>No elementary file selected, or one of the wrong type.</summary>
    CommandNotAllowed = 0x6986,

    WrongData = 0x6A80,
    FileNotFound = 0x6A82,
    RecordNotFound = 0x6A83,
    NotEnoughMemory = 0x6A84,
    WrongP1P2 = 0x6A86,
    WrongOffset = 0x6B00,
    InstructionNotSupported = 0x6D00,
    ClassNotSupported = 0x6E00,

    /// <summary>Base of 61xx: xx more bytes wait for GET RESPONSE, 00 for 256 or more.</summary>
    BytesWaiting = 0x6100,
}
