using System.Globalization;
using Jpki.Domain;

namespace Jpki.City;

/// <summary>架空の住民: names and addresses put together from common parts. Nobody in particular; a likeness is chance.</summary>
internal static class InventedPeople
{
    private static readonly string[] _surnames =
    [
        "佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田", "佐々木", "山口", "松本", "井上",
        "木村", "林", "斎藤", "清水", "山崎", "森", "池田", "橋本", "阿部", "石川", "山下", "中島", "石井", "小川", "前田", "岡田",
        "長谷川", "藤田", "後藤", "近藤", "村上", "遠藤", "青木", "坂本", "昭島", "福島", "西村", "太田", "三浦", "藤井", "岡本", "松田",
    ];

    private static readonly string[] _women =
    [
        "陽子", "幸子", "和子", "恵子", "裕子", "久美子", "由美子", "直美", "智子", "真由美", "さくら", "陽菜", "葵", "結衣", "美咲", "花子",
    ];

    private static readonly string[] _men =
    [
        "誠", "浩", "修", "隆", "茂", "豊", "明", "健一", "大輔", "翔太", "拓也", "蓮", "悠真", "陽翔", "太郎", "一郎",
    ];

    private static readonly string[] _districts =
    [
        "田中町", "玉川町", "昭和町", "中神町", "朝日町", "宮沢町", "築地町", "大神町", "上川原町", "拝島町", "緑町", "松原町", "美堀町", "つつじが丘", "東町", "武蔵野",
    ];

    private static readonly string[] _chome = ["一丁目", "二丁目", "三丁目", "四丁目", "五丁目"];

    public static FourAttributes Somebody(Dice dice, DateOnly birthDate)
    {
        var sex = dice.OneIn(2) ? Sex.Female : Sex.Male;
        return new(dice.Pick(_surnames) + dice.Pick(sex == Sex.Female ? _women : _men), Address(dice), birthDate, sex);
    }

    public static string Address(Dice dice) => string.Create(
        CultureInfo.InvariantCulture,
        $"東京都昭島市{dice.Pick(_districts)}{dice.Pick(_chome)}{dice.Between(1, 30)}番{dice.Between(1, 20)}号");

    /// <summary>Another surname, as after a marriage.</summary>
    public static FourAttributes Renamed(Dice dice, FourAttributes person)
    {
        var surname = Array.Find(_surnames, each => person.Name.StartsWith(each, StringComparison.Ordinal)) ?? "";
        return person with { Name = dice.Pick(_surnames) + person.Name[surname.Length..] };
    }
}
