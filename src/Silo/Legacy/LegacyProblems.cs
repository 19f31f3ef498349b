using System.Runtime.CompilerServices;
using Jpki.Domain;

namespace Jpki.Silo.Legacy;

/// <summary>What can be wrong with a line before it reaches the decider. None repeats what stands in the line.</summary>
internal static class LegacyProblems
{
    public static Refusal NotARecord() => Problem(
        "CSV として読めないか、列の数が1行目と異なります。引用符とコンマを確かめてください。",
        "The line is not CSV, or has not as many columns as the first line. Check quotation marks and commas.");

    public static Refusal MalformedResident() => Problem(
        "resident は「市区町村コード5桁-8桁」の形です（例: 13207-00000001）。",
        "The column resident is five digits, a hyphen and eight digits, e.g. 13207-00000001.");

    public static Refusal MalformedSerial() => Problem(
        "serial は発行番号を16進数で2〜40桁（偶数桁、正の値）です。",
        "The column serial is the serial number in hexadecimal, 2 to 40 digits, an even number of them, positive.");

    public static Refusal MalformedDay() => Problem(
        "issued_on は発行日を年-月-日で書きます（例: 2015-12-22）。",
        "The column issued_on is the day of issue as year-month-day, e.g. 2015-12-22.");

    public static Refusal SerialOfAnotherResident() => Problem(
        "同じ発行番号が、このファイルの前の行では別の住民のものです。どちらが正しいか確かめてください。",
        "An earlier line of this file gives the same serial number to another resident. Check which is right.");

    public static Refusal OutcomeUnknown() => Problem(
        "記録できたかどうか確認できないため、ここで中止しました。同じファイルをもう一度送ってください。二重には記録されません。",
        "Whether it was recorded is not known, so the import stopped here. Send the same file again; nothing is recorded twice.");

    private static Refusal Problem(string japanese, string english, [CallerMemberName] string code = "") =>
        new(code, "S2", RefusalNature.RuleBroken, japanese, english);
}
