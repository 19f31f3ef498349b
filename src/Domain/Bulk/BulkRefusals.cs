using System.Runtime.CompilerServices;

namespace Jpki.Domain.Bulk;

/// <summary>一括失効の不受理: the "no" that is about the whole or a line, and not about a resident. The code of each is the method's name.</summary>
public static class BulkRefusals
{
    public static Refusal NoSuchBulk() => Of(RefusalNature.NotFound,
        "その一括失効はありません。番号を確かめてください。",
        "There is no such bulk revocation. Check the number.");

    public static Refusal BulkNotWaiting() => Of(RefusalNature.Conflict,
        "この一括失効は承認待ちではありません。現在の状態を確かめてください。",
        "This bulk revocation does not await confirmation. Look at its present state.");

    public static Refusal BulkIdTaken() => Of(RefusalNature.Conflict,
        "この番号は別の一括失効に使われています。新しい番号で提案してください。",
        "This id belongs to another bulk revocation. Propose it under a new one.");

    public static Refusal LineUnreadable() => Of(RefusalNature.RuleBroken,
        "CSV として読めないか、列の数が1行目と異なります。引用符とコンマを確かめてください。",
        "The line is not CSV, or has not as many columns as the first line. Check quotation marks and commas.");

    public static Refusal MalformedResident() => Of(RefusalNature.RuleBroken,
        "resident は「市区町村コード5桁-8桁」の形です（例: 13207-00000001）。",
        "The column resident is five digits, a hyphen and eight digits, e.g. 13207-00000001.");

    public static Refusal MalformedSerial() => Of(RefusalNature.RuleBroken,
        "serial は発行番号を16進数で2〜40桁（偶数桁、正の値）です。",
        "The column serial is the serial number in hexadecimal, 2 to 40 digits, an even number of them, positive.");

    public static Refusal LineRepeated() => Of(RefusalNature.Conflict,
        "同じ住民と発行番号の行が前にあります。",
        "An earlier line names the same resident and serial number.");

    public static Refusal NotChecked() => Of(RefusalNature.Conflict,
        "この住民の現在の状態を確認できませんでした。この行だけを改めて提案してください。",
        "This resident's state could not be read. Propose this line again.");

    public static Refusal CommandIdTaken() => Of(RefusalNature.Conflict,
        "この行のコマンドIDは他の操作に使われています。この行は処理されていません。管理者に連絡してください。",
        "This line's command id was used for something else. The line was not carried out; call the administrator.");

    private static Refusal Of(RefusalNature nature, string ja, string en, [CallerMemberName] string code = "") => new(code, "house", nature, ja, en);
}
