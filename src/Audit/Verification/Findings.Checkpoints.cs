using Jpki.Audit.Records;

namespace Jpki.Audit.Verification;

/// <summary>What a verification of checkpoints, cosignatures and proofs can find.</summary>
public static partial class Findings
{
    public static Finding NoCheckpoint() => Fault(Place.Nowhere,
        "署名されたチェックポイントが一つもありません。何も証明されていません。",
        "There is no signed checkpoint: nothing is proven.");

    public static Finding CheckpointUnreadable(long line) => Fault(new(Line: line),
        "チェックポイントを読むことができません。",
        "A checkpoint can't be read.");

    public static Finding CheckpointNotSigned(long size) => Fault(new(Size: size),
        $"葉{size}枚のチェックポイントに、指定された鍵による正しい署名がありません。",
        $"The checkpoint of size {size} has no good signature by the given key.");

    public static Finding CheckpointOfAnother(long size) => Fault(new(Size: size),
        $"葉{size}枚のチェックポイントは別の記録のものです。",
        $"The checkpoint of size {size} is another tree's.");

    public static Finding CheckpointMisplaced(long size, long leaves) => Fault(new(Size: size),
        $"葉{size}枚のチェックポイントが葉{leaves}枚のところにあります。",
        $"The checkpoint of size {size} stands where there are {leaves} leaves.");

    public static Finding CheckpointOutOfOrder(long size) => Fault(new(Size: size),
        $"葉{size}枚のチェックポイントは、前のチェックポイントより古い日時です。",
        $"The checkpoint of size {size} is older than the one before it.");

    public static Finding CheckpointSequenceDiffers(long size, long said, long found) => Fault(new(Size: size, Sequence: found),
        $"葉{size}枚のチェックポイントは台帳番号{said}までとしていますが、実際は{found}までです。",
        $"The checkpoint of size {size} says sequence {said}, and the last event's is {found}.");

    /// <param name="since">Size of the last checkpoint that agreed.</param>
    public static Finding RootDiffers(long since, long size) => Fault(new(Index: since, Size: size),
        $"葉{since}から葉{size - 1}までのどこかが、署名されたチェックポイントと一致しません（改変・削除・挿入・入替え）。",
        $"Somewhere from leaf {since} to leaf {size - 1} the record is not what the signed checkpoint of size {size} says: altered, removed, inserted or reordered.");

    public static Finding AlsoDiffer(long checkpoints) => Fault(Place.Nowhere,
        $"それ以後のチェックポイント{checkpoints}件も一致しません。",
        $"The {checkpoints} checkpoints after it don't agree either.");

    public static Finding KnownCheckpointNotReached(long size, long leaves) => Fault(new(Size: size),
        $"葉{size}枚の署名されたチェックポイントがありますが、書き出しには{leaves}枚しかありません（末尾の削除）。",
        $"A signed checkpoint knows {size} leaves, and the export has {leaves}: the end was removed.");

    public static Finding KnownCheckpointMissing(long size) => Fault(new(Size: size),
        $"公表済みの葉{size}枚のチェックポイントが書き出しにありません（チェックポイントの削除）。",
        $"The checkpoint of size {size}, which was handed out, is not in the export: it was removed.");

    public static Finding CosignatureBad(long size, string witness) => Fault(new(Size: size),
        $"葉{size}枚のチェックポイントに、証人{witness}の正しくない副署があります。",
        $"The checkpoint of size {size} has a cosignature by {witness} that is not good.");

    public static Finding NeverCosigned(string witness) => Fault(Place.Nowhere,
        $"証人{witness}の副署が一つもありません。",
        $"No checkpoint is cosigned by {witness}.");

    public static Finding NotYetCosigned(string witness, long size, long leaves) => Remark(new(Size: size),
        $"証人{witness}の最後の副署は葉{size}枚のものです。その後の{leaves}件はまだ副署されていません。",
        $"The last cosignature by {witness} is of size {size}; the {leaves} events after it are not cosigned yet.");

    public static Finding NotYetProven(long size, long leaves) => Remark(new(Size: size),
        $"最後のチェックポイントは葉{size}枚のものです。その後の{leaves}件はまだ証明されていません。",
        $"The last checkpoint is of size {size}; the {leaves} events after it are not yet proven.");

    public static Finding CheckpointStale(long size, TimeSpan age) => Fault(new(Size: size),
        $"未証明の出来事があるのに、最後のチェックポイントは{age:d\\日hh\\:mm\\:ss}前のものです。",
        $"Events wait to be proven, and the last checkpoint is {age:d\\d\\ hh\\:mm\\:ss} old.");

    public static Finding CheckpointLate(long size, TimeSpan wait) => Remark(new(Size: size),
        $"葉{size}枚のチェックポイントの前に、{wait:d\\日hh\\:mm\\:ss}証明を待った出来事があります。",
        $"Before the checkpoint of size {size} an event waited {wait:d\\d\\ hh\\:mm\\:ss} to be proven.");

    // Bundles, and proofs between checkpoints
    public static Finding NotABundle() => Fault(Place.Nowhere,
        "証明書類の形式ではありません。",
        "This is no proof bundle.");

    public static Finding NotIncluded(ExportedEvent at, long size) => Fault(Of(at) with { Size = size },
        $"出来事{Name(at)}が葉{size}枚の記録に含まれることは証明されません。",
        $"It is not proven that event {Name(at)} is in the tree of size {size}.");

    public static Finding NotConsistent(long from, long to) => Fault(new(Size: to),
        $"葉{from}枚の記録が葉{to}枚の記録の始めであることは証明されません。",
        $"It is not proven that the tree of size {from} is the beginning of the tree of size {to}.");

    public static Finding RolledBack(long remembered, long size) => Fault(new(Size: size),
        $"以前は葉{remembered}枚あった記録が、葉{size}枚だと示されました（巻戻し）。",
        $"A record that had {remembered} leaves is shown with {size}: it was rolled back.");

    public static Finding TwoRoots(long size) => Fault(new(Size: size),
        $"葉{size}枚に対して、二つの異なる根が署名されています（分岐）。",
        $"Two roots are signed for size {size}: the record was forked.");
}
