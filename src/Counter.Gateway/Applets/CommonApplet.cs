using System.Globalization;
using System.Text;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.Apdu.Commands;
using Jpki.Domain.Identifiers;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>The common application (共通データ要素): whose card it is, and until when. Free to read.</summary>
public sealed class CommonApplet
{
    private static readonly byte[] ApplicationId = Convert.FromHexString("D3921000310001010100");
    private static readonly FileId RecordsFile = new(0x0001);

    private readonly ICardChannel _channel;

    /// <param name="channel">A channel on which this application is selected, and stays so.</param>
    public CommonApplet(ICardChannel channel) => _channel = channel;

    public static ReadOnlyMemory<byte> Aid => ApplicationId;

    public Task<CardResult<CommonRecord>> ReadRecordAsync(CancellationToken cancellationToken = default) =>
        _channel.SelectAsync(RecordsFile, cancellationToken)
            .Then(_ => _channel.SendAsync(new ReadRecord(1), cancellationToken))
            .Interpret(CommonRecord.Parse);
}

/// <summary>Record 1 of the common application.</summary>
/// <param name="Serial">The card's serial, as in the JPKI token information.</param>
/// <param name="MunicipalityCode">市区町村コード of the issuing municipality, 5 digits (without check digit).</param>
/// <param name="ValidUntil">The card's last day (カードの有効期限), inclusive.</param>
public sealed record CommonRecord(CardSerial Serial, string MunicipalityCode, DateOnly ValidUntil)
{
    private const int Length = 28;

    internal static CardResult<CommonRecord> Parse(ReadOnlyMemory<byte> record)
    {
        var text = Encoding.ASCII.GetString(record.Span);
        return text.Length == Length
            && !text.AsSpan().ContainsAnyExceptInRange('0', '9')
            && CardSerial.TryParse(text[..15], null, out var serial)
            && DateOnly.TryParseExact(text.AsSpan(20), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var validUntil)
            ? new CommonRecord(serial, text[15..20], validUntil)
            : new CardFailure.UnreadableContent();
    }
}
