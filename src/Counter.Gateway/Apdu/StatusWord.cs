using System.Globalization;

namespace Jpki.Counter.Gateway.Apdu;

/// <summary>The two bytes that end every answer (SW1–SW2, ISO 7816-4 §5.6).</summary>
public readonly record struct StatusWord(ushort Value)
{
    public static readonly StatusWord Success = new(0x9000);
    public static readonly StatusWord AuthenticationFailed = new(0x6300);
    public static readonly StatusWord WrongLength = new(0x6700);
    public static readonly StatusWord SecurityStatusNotSatisfied = new(0x6982);

    /// <summary>The card's answer to VERIFY on a blocked PIN. Not 6983, which ISO 7816-4 has for it.</summary>
    public static readonly StatusWord PinBlocked = new(0x6984);
    public static readonly StatusWord ConditionsNotSatisfied = new(0x6985);
    public static readonly StatusWord NoFileSelected = new(0x6986);
    public static readonly StatusWord WrongData = new(0x6A80);
    public static readonly StatusWord FileNotFound = new(0x6A82);
    public static readonly StatusWord RecordNotFound = new(0x6A83);
    public static readonly StatusWord NotEnoughMemory = new(0x6A84);
    public static readonly StatusWord WrongParameters = new(0x6A86);
    public static readonly StatusWord WrongOffset = new(0x6B00);
    public static readonly StatusWord InstructionNotSupported = new(0x6D00);
    public static readonly StatusWord ClassNotSupported = new(0x6E00);

    private static readonly StatusWordMeaning WrongPin = new(
        "暗証番号が違います。もう一度入力してください。", "Wrong PIN. Enter it again.");

    private static readonly Dictionary<StatusWord, StatusWordMeaning> Meanings = new()
    {
        [Success] = new("成功しました。", "Success."),
        [AuthenticationFailed] = new(
            "カードが端末を認証しませんでした。端末証明書の有効期限を確かめてください。",
            "The card did not accept this terminal. Check the last day of the terminal certificate."),
        [SecurityStatusNotSatisfied] = new(
            "暗証番号の照合または端末認証が必要です。はじめからやり直してください。",
            "The PIN or the terminal's authentication is missing. Start this step again."),
        [PinBlocked] = new(
            "暗証番号がロックされています。暗証番号の再設定を行ってください。",
            "The PIN is blocked. Set a new PIN at the counter."),
        [ConditionsNotSatisfied] = new(
            "カードの状態がこの操作に合いません。カードの内容を読み直してください。",
            "The card is not in the state this step needs. Read the card again."),
        [WrongData] = new(
            "カードが内容を受け付けませんでした。入力を確かめてください。",
            "The card does not accept this content. Check what was entered."),
        [FileNotFound] = new(
            "カードに該当する情報がありません。手続きの種類を確かめてください。",
            "The card does not hold this item. Check which procedure applies."),
        [NotEnoughMemory] = new(
            "カードの空き容量が足りません。係員を呼んでください。",
            "The content does not fit on the card. Call support."),
    };

    public bool IsSuccess => this == Success;

    /// <summary>Bytes waiting for GET RESPONSE (61xx), 1–256; null for any other status.</summary>
    public int? BytesWaiting => Value >> 8 != 0x61 ? null : (Value & 0xFF) == 0 ? 256 : Value & 0xFF;

    /// <summary>PIN tries left (63Cx), 0–15; null for any other status.</summary>
    public int? TriesLeft => Value >> 4 == 0x63C ? Value & 0xF : null;

    /// <summary>What it means and what to do next. Anything not in the table is a fault for support to look at.</summary>
    public StatusWordMeaning Meaning =>
        TriesLeft is not null ? WrongPin
        : Meanings.TryGetValue(this, out var meaning) ? meaning
        : new(
            $"カードが処理を拒否しました({this})。番号を控えて係員を呼んでください。",
            $"The card refused ({this}). Note the number and call support.");

    /// <summary>Four hexadecimal digits.</summary>
    public override string ToString() => Value.ToString("X4", CultureInfo.InvariantCulture);
}

/// <summary>A status word for people.</summary>
public sealed record StatusWordMeaning(string Japanese, string English);
