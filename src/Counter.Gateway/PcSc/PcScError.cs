namespace Jpki.Counter.Gateway.PcSc;

/// <summary>What the PC/SC resource manager answered. Values are those of PC/SC part 5 as pcsc-lite and winscard define them.</summary>
public enum PcScError : uint
{
    Success = 0,

    /// <summary>A wait was ended by <c>SCardCancel</c>.</summary>
    Cancelled = 0x80100002,

    /// <summary>A handle or context that the resource manager does not know (any more).</summary>
    InvalidHandle = 0x80100003,
    InvalidParameter = 0x80100004,
    InsufficientBuffer = 0x80100008,

    /// <summary>No reader of this name: unplugged, or never there.</summary>
    UnknownReader = 0x80100009,

    /// <summary>A wait for a change ended without one.</summary>
    Timeout = 0x8010000A,

    /// <summary>Another program holds the card.</summary>
    SharingViolation = 0x8010000B,
    NoSmartCard = 0x8010000C,

    /// <summary>The card speaks another protocol than T=1.</summary>
    ProtocolMismatch = 0x8010000F,

    /// <summary>What waiters get first when the daemon dies.</summary>
    CommunicationError = 0x80100013,

    /// <summary>The exchange did not take place: the card was pulled, or the reader was.</summary>
    NotTransacted = 0x80100016,
    ReaderUnavailable = 0x80100017,

    /// <summary>No daemon; also every call on a context that has outlived its daemon.</summary>
    NoService = 0x8010001D,
    ServiceStopped = 0x8010001E,
    NoReadersAvailable = 0x8010002E,

    /// <summary>The card did not answer the reset: upside down, dirty, or not a smart card.</summary>
    UnresponsiveCard = 0x80100066,
    UnpoweredCard = 0x80100067,

    /// <summary>Another program reset the card: whatever was verified is lost.</summary>
    ResetCard = 0x80100068,
    RemovedCard = 0x80100069,

    /// <summary>Not a PC/SC value: our own watchdog gave up waiting for an answer (see <see cref="CardConnection"/>).</summary>
    DeadlineExceeded = 0xE0000001,
}

/// <summary>An answer of the resource manager: a value, or the reason why there is none.</summary>
/// <param name="Error"><see cref="PcScError.Success"/> exactly when <paramref name="Value"/> holds.</param>
/// <param name="Value">The value; the type's default when <paramref name="Error"/> tells why there is none.</param>
public readonly record struct PcScResult<T>(PcScError Error, T? Value)
{
    public static implicit operator PcScResult<T>(PcScError error) => new(error, default);

    public static implicit operator PcScResult<T>(T value) => new(PcScError.Success, value);
}
