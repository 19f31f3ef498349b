using Jpki.VirtualCard.State;

namespace Jpki.VirtualCard.Files;

/// <summary>エレメンタリファイル (EF): one of a closed set of kinds; each command works on one kind only.</summary>
internal abstract record ElementaryFile(ushort Id);

/// <summary>Bytes read from an offset.</summary>
/// <param name="Id">File identifier.</param>
/// <param name="Read">The current content; null when absent.</param>
/// <param name="Update">Where writing goes; null for a file that is never writable.</param>
/// <param name="ReadPin">The PIN to verify before reading; null when free.</param>
internal sealed record TransparentFile(ushort Id, Func<CardState, byte[]?> Read, ImageUpdate? Update = null, PinObject? ReadPin = null)
    : ElementaryFile(Id);

/// <summary>The image a write extends. For certificates this is the pending one, not the one that is read.</summary>
internal sealed record ImageUpdate(Func<CardState, byte[]?> Image, Func<CardState, byte[], CardState> Put);

internal sealed record RecordFile(ushort Id, Func<CardState, byte[]> FirstRecord) : ElementaryFile(Id);

internal sealed record PinFile(ushort Id, PinObject Pin) : ElementaryFile(Id);

internal sealed record KeyFile(ushort Id, KeyObject Key, PinObject Pin) : ElementaryFile(Id);

/// <summary>カードアプリケーション: selected by its whole AID.</summary>
internal sealed record CardApplication(byte[] Aid, IReadOnlyList<ElementaryFile> Files)
{
    public ElementaryFile? Find(ushort id) => Files.FirstOrDefault(file => file.Id == id);
}
