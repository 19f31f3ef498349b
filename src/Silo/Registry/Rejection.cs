using Jpki.Domain;
using Jpki.Domain.Identifiers;

namespace Jpki.Silo.Registry;

/// <summary>却下の理由: why a line was not taken. Contains nothing of what was sent.</summary>
/// <param name="Code">Stable for programs.</param>
/// <param name="Rule">Mission row it rests on; none where the line is malformed.</param>
/// <param name="Fields">Where in the line, and what is expected there.</param>
public sealed record Rejection(string Code, string? Rule, string Japanese, string English, IReadOnlyList<string> Fields)
{
    public static Rejection Of(Refusal refusal) => new(refusal.Code, refusal.Rule, refusal.Japanese, refusal.English, []);

    public static Rejection LineTooLong() => Malformed(nameof(LineTooLong),
        "1行は16KB（16,384オクテット）までです。",
        "A line has up to 16 KB (16,384 octets).");

    public static Rejection InvalidUtf8() => Malformed(nameof(InvalidUtf8),
        "UTF-8として正しくありません。文字コードを確かめてください。",
        "Not valid UTF-8. Check the encoding.");

    public static Rejection NotJson() => Malformed(nameof(NotJson),
        "1行に1つのJSONオブジェクトを書いてください。",
        "Not one JSON object. Write one to a line, each member once.");

    public static Rejection UnknownKind(IReadOnlyList<string> known) => Malformed(nameof(UnknownKind),
        "kind が正しくありません。使える種類は fields に示します。",
        "kind is not a known kind of change; fields lists those there are.",
        known);

    public static Rejection WrongMember(string place) => Malformed(nameof(WrongMember),
        "項目の不足、型違い、または契約にない項目があります。fields の場所を確かめてください。",
        "A member is missing, of the wrong type, or not of the contract. Look at the place in fields.",
        [place]);

    public static Rejection WrongShape(IReadOnlyList<string> fields) => Malformed(nameof(WrongShape),
        "入力の形式が正しくありません。fields の項目を確かめてください。",
        "The input is not of the right form. Look at the members in fields.",
        fields);

    /// <summary>The change came before the registration. Nothing is remembered of it, so the same number is taken later.</summary>
    public static Rejection RegistrationFirst() => new(nameof(RegistrationFirst), "S23",
        "この住民はまだ登録されていません。先に住民登録（registered）を送り、その後この異動を同じ番号でもう一度送ってください。",
        "This resident is not registered yet. Send the registration first, then this change again under the same number.",
        []);

    /// <summary>A command that did not come from the registry was sent under the id that follows from this number.</summary>
    public static Rejection ChangeNumberTaken(ChangeNumber number) => new(nameof(ChangeNumberTaken), "house",
        $"異動番号{number}のコマンドIDは住民基本台帳以外から使われています。この異動は処理されていません。管理者に連絡してください。",
        $"The command id of change {number} was used by somebody other than the registry. This change was not made; call the administrator.",
        []);

    /// <summary>Whether it is recorded is not known, even after repeating it.</summary>
    public static Rejection OutcomeUnknown() => new(nameof(OutcomeUnknown), null,
        "記録できたかどうか確認できませんでした。同じ異動番号でもう一度送ってください。二重には処理されません。",
        "Whether it was recorded is not known. Send it again under the same change number; it is done at most once.",
        []);

    private static Rejection Malformed(string code, string japanese, string english, IReadOnlyList<string>? fields = null) =>
        new(code, null, japanese, english, fields ?? []);
}
