using Jpki.Counter.Gateway.Apdu;
using Jpki.Counter.Gateway.PcSc;

namespace Jpki.Counter.Gateway.Cards;

/// <summary>The channel's end: a card in a reader. Turns PC/SC's reasons into the clerk's.</summary>
internal sealed class PcScChannel(CardConnection connection, TimeSpan patience) : ICardChannel
{
    public async Task<CardResult<ResponseApdu>> TransmitAsync(CommandApdu command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var answer = await connection.TransmitAsync(command.Encode(), command.Deadline ?? patience);
        return answer.Value is { } bytes ? ResponseApdu.Parse(bytes) : Explain(answer.Error);
    }

    /// <exception cref="InvalidOperationException">The error can only come from a mistake in this program.</exception>
    public static CardFailure Explain(PcScError error) => error switch
    {
        PcScError.NoSmartCard => new CardFailure.NoCard(),
        PcScError.RemovedCard or PcScError.ResetCard or PcScError.NotTransacted => new CardFailure.CardRemoved(),
        PcScError.DeadlineExceeded or PcScError.UnresponsiveCard or PcScError.UnpoweredCard => new CardFailure.CardMute(),
        PcScError.UnknownReader or PcScError.ReaderUnavailable or PcScError.NoReadersAvailable => new CardFailure.ReaderGone(),
        PcScError.NoService or PcScError.ServiceStopped or PcScError.CommunicationError or PcScError.InvalidHandle =>
            new CardFailure.ServiceGone(),
        PcScError.SharingViolation => new CardFailure.ReaderBusy(),
        PcScError.ProtocolMismatch => new CardFailure.NotThisKindOfCard(),
        _ => throw new InvalidOperationException($"Unexpected answer of the smart card service: {error}."),
    };
}
