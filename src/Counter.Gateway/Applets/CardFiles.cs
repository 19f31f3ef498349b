using System.Formats.Asn1;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Apdu.Commands;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>Operations on a file of the current application that take more than one command.</summary>
internal static class CardFiles
{
    /// <summary>The most a file of this card holds, in bytes.</summary>
    private const int LongestFile = 4096;

    public static Task<CardResult<Done>> SelectAsync(this ICardChannel channel, FileId file, CancellationToken cancellationToken) =>
        channel.SendAsync(new SelectFile(file), cancellationToken);

    /// <summary>The first bytes of a file of fixed layout.</summary>
    public static Task<CardResult<ReadOnlyMemory<byte>>> ReadFileAsync(
        this ICardChannel channel, FileId file, int offset, int length, CancellationToken cancellationToken) =>
        channel.SelectAsync(file, cancellationToken)
            .Then(_ => channel.SendAsync(new ReadBinary(offset, length), cancellationToken));

    /// <summary>
    /// The one BER-TLV object a file begins with. Its own length says where it ends: what follows is filler (<c>FF</c>) and is not read.
    /// </summary>
    /// <returns><see cref="CardFailure.UnreadableContent"/> when the file does not begin with <paramref name="tag"/> or ends
    /// early.</returns>
    public static Task<CardResult<byte[]>> ReadObjectAsync(
        this ICardChannel channel, FileId file, Asn1Tag tag, CancellationToken cancellationToken) =>
        channel.ReadFileAsync(file, 0, CommandApdu.LongestAnswer, cancellationToken)
            .Then(start => channel.ReadRestAsync(start, tag, cancellationToken));

    /// <summary>Writes a file from its beginning, in pieces that fit a short APDU.</summary>
    public static async Task<CardResult<Done>> WriteFileAsync(
        this ICardChannel channel, FileId file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var written = await channel.SelectAsync(file, cancellationToken);
        for (var offset = 0; offset < content.Length && written.Failure is null; offset += CommandApdu.LongestData)
        {
            var piece = content.Slice(offset, Math.Min(CommandApdu.LongestData, content.Length - offset));
            written = await channel.SendAsync(new UpdateBinary(offset, piece), cancellationToken);
        }

        return written;
    }

    private static async Task<CardResult<byte[]>> ReadRestAsync(
        this ICardChannel channel, ReadOnlyMemory<byte> start, Asn1Tag tag, CancellationToken cancellationToken)
    {
        if (!TryReadHeader(start.Span, tag, out var length))
            return new CardFailure.UnreadableContent();

        var content = new byte[length];
        var have = Math.Min(start.Length, length);
        start[..have].CopyTo(content);
        while (have < length)
        {
            var next = new ReadBinary(have, Math.Min(CommandApdu.LongestAnswer, length - have));
            if (!(await channel.SendAsync(next, cancellationToken)).TryGet(out var piece, out var failure))
                return failure;
            if (piece.IsEmpty || piece.Length > length - have)
                return new CardFailure.UnreadableContent();
            piece.CopyTo(content.AsMemory(have));
            have += piece.Length;
        }

        return content;
    }

    /// <param name="start">The beginning of the file.</param>
    /// <param name="expected">The tag it must have.</param>
    /// <param name="length">Of the whole object, tag and length field included.</param>
    private static bool TryReadHeader(ReadOnlySpan<byte> start, Asn1Tag expected, out int length)
    {
        length = 0;
        if (!Asn1Tag.TryDecode(start, out var tag, out var tagLength) || !tag.HasSameClassAndValue(expected))
            return false;
        if (!AsnDecoder.TryDecodeLength(start[tagLength..], AsnEncodingRules.DER, out var content, out var lengthLength) || content is null)
            return false;
        if (content > LongestFile)
            return false;
        length = tagLength + lengthLength + content.Value;
        return true;
    }
}
