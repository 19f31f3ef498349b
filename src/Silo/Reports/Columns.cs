namespace Jpki.Silo.Reports;

/// <summary>Columns that several reports have.</summary>
internal static class Columns
{
    public static readonly Column Municipality = new("municipality", "市区町村", "Municipality");
    public static readonly Column Office = new("office", "窓口", "Office");
    public static readonly Column OfficeName = new("officeName", "窓口名", "Office name");
    public static readonly Column Month = new("month", "月", "Month");
    public static readonly Column Day = new("day", "日", "Day");
    public static readonly Column Resident = new("resident", "住民", "Resident");
    public static readonly Column Kind = new("kind", "種類", "Kind", Words.Kind);
    public static readonly Column Procedure = new("procedure", "手続き", "Procedure", Words.Procedure);
    public static readonly Column Reason = new("reason", "理由", "Reason", Words.Reason);
    public static readonly Column Fee = new("fee", "手数料", "Fee", Words.Fee);
    public static readonly Column Applicant = new("applicant", "来庁者", "Applicant", Words.Applicant);
    public static readonly Column Count = new("count", "件数", "Number");
    public static readonly Column Yen = new("yen", "金額(円)", "Yen");
}
