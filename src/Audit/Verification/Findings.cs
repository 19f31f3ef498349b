using System.Runtime.CompilerServices;
using Jpki.Audit.Records;

namespace Jpki.Audit.Verification;

/// <summary>検出事項の一覧: everything that a verification of events can find. The code of each is the method's name.</summary>
public static partial class Findings
{
    // The file
    public static Finding NotAnExport() => Fault(new(Line: 1),
        "監査用の書き出しではありません。",
        "This is no export for auditors.");

    public static Finding LineDamaged(long line, LineDamage why) => Fault(new(Line: line),
        $"{line}行目を読むことができません（{why switch
        {
            LineDamage.TooLong => "長すぎます",
            LineDamage.CutOff => "途中で終わっています",
            LineDamage.NotDecompressed => "圧縮が壊れています",
            _ => "形式が違います",
        }}）。",
        $"Line {line} can't be read ({why switch
        {
            LineDamage.TooLong => "it is too long",
            LineDamage.CutOff => "it ends in the middle",
            LineDamage.NotDecompressed => "the compression is damaged",
            _ => "it is not of the form",
        }}).");

    public static Finding CutOff() => Fault(Place.Nowhere,
        "書き出しに終わりの行がありません。途中で切れています。",
        "The export has no last line: it was cut off.");

    public static Finding CountsDiffer(string what, long said, long found) => Fault(Place.Nowhere,
        $"{what}: 書き出しは{said}と記していますが、実際は{found}です。",
        $"{what}: the export says {said}, and there are {found}.");

    public static Finding LineMisplaced(long line) => Fault(new(Line: line),
        $"{line}行目はこの位置に来ない種類の行です。",
        $"Line {line} is of a kind that does not belong there.");

    // Events
    public static Finding LeafDiffers(ExportedEvent at) => Fault(Of(at),
        $"出来事{Name(at)}は、記録されたときと内容が異なります（改変）。",
        $"Event {Name(at)} is not what was recorded: it was altered.");

    public static Finding EventMissing(long index, long sequence) => Fault(new(Index: index, Sequence: sequence),
        $"葉{index}（台帳番号{sequence}）の出来事がありません（削除）。",
        $"The event of leaf {index} (sequence {sequence}) is gone: it was removed.");

    public static Finding EventStray(StrayEvent at) => Fault(new(Sequence: at.Sequence, Stream: at.Stream, Version: at.Version),
        $"台帳番号{at.Sequence}の出来事（{at.Stream} 第{at.Version}版、{at.Type}）には葉がありません（挿入）。",
        $"The event at sequence {at.Sequence} ({at.Stream} version {at.Version}, {at.Type}) has no leaf: it was inserted.");

    public static Finding IndexGap(ExportLine at, long expected, long found) => Fault(Of(at) with { Index = expected },
        $"葉{expected}があるべきところに葉{found}があります。",
        $"Where leaf {expected} should be there is leaf {found}.");

    public static Finding SequenceNotAscending(ExportLine at, long previous) => Fault(Of(at),
        $"台帳番号が増えていません（前は{previous}）。順序が変えられています。",
        $"The sequence does not ascend (before it: {previous}): the order was changed.");

    public static Finding VersionGap(ExportedEvent at, long expected) => Fault(Of(at),
        $"{at.Stream}の第{expected}版があるべきところに第{at.Version}版があります。",
        $"Where {at.Stream} should have version {expected} there is version {at.Version}.");

    public static Finding ForeignStream(ExportedEvent at) => Fault(Of(at),
        $"出来事{Name(at)}はこの市区町村のものではありません。",
        $"Event {Name(at)} is not this municipality's.");

    public static Finding NotReplayable(ExportedEvent at) => Fault(Of(at),
        $"出来事{Name(at)}は、それまでの経過に続くことができません。",
        $"Event {Name(at)} can't follow what was before it.");

    public static Finding MaskNotAnnounced(Place place) => Fault(place,
        $"葉{place.Index}（{place.Stream} 第{place.Version}版）の本文は消去されていますが、消去の記録がありません。",
        $"The body of leaf {place.Index} ({place.Stream} version {place.Version}) is masked, and no entry of a journal says so.");

    public static Finding MaskedBodyDiffers(Place place) => Fault(place,
        $"葉{place.Index}（{place.Stream} 第{place.Version}版）の本文は、消去の記録にあるものと異なります（改変）。",
        $"The masked body of leaf {place.Index} ({place.Stream} version {place.Version}) is not the one that was announced: it was altered.");

    // Views
    public static Finding RegisterDiffers(string serial, string resident) => Fault(new(Stream: resident),
        $"電子証明書{serial}の登録簿の行が、出来事から再計算した結果と異なります。",
        $"The register's row of certificate {serial} is not what the events add up to.");

    public static Finding RegisterMissing(string serial, string resident) => Fault(new(Stream: resident),
        $"電子証明書{serial}は出来事にありますが、登録簿にありません。",
        $"Certificate {serial} follows from the events and is not in the register.");

    public static Finding RegisterStray(string serial, string resident) => Fault(new(Stream: resident),
        $"電子証明書{serial}は登録簿にありますが、出来事にありません。",
        $"Certificate {serial} is in the register and follows from no event.");

    public static Finding RegisterNotExported() => Remark(Place.Nowhere,
        "書き出しに登録簿が含まれていないため、登録簿は照合していません。",
        "The export has no register, so none was compared.");

    public static Finding ViewBeyondTheEnd(ExportedView view, long last) => Fault(new(Sequence: view.Sequence),
        $"集計「{view.Name}」は台帳番号{view.Sequence}まで進んだとしていますが、書き出しは{last}で終わります。",
        $"View '{view.Name}' says that it came to sequence {view.Sequence}, and the export ends at {last}.");

    internal static Place Of(ExportLine line) => line switch
    {
        ExportedEvent x => new(Index: x.Index, Sequence: x.Sequence, Stream: x.Stream, Version: x.Version),
        MissingEvent x => new(Index: x.Index, Sequence: x.Sequence),
        _ => Place.Nowhere,
    };

    private static string Name(ExportedEvent x) => $"{x.Index} (sequence {x.Sequence}, {x.Stream} #{x.Version}, {x.Type})";

    private static Finding Fault(Place place, string japanese, string english, [CallerMemberName] string code = "") =>
        new(code, IsFault: true, place, japanese, english);

    private static Finding Remark(Place place, string japanese, string english, [CallerMemberName] string code = "") =>
        new(code, IsFault: false, place, japanese, english);
}
