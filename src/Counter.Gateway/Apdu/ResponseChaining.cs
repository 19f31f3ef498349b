namespace Jpki.Counter.Gateway.Apdu;

/// <summary>Fetches what a card keeps back (61xx) with GET RESPONSE (ISO 7816-4 §5.3.4), so that callers see one whole answer.</summary>
public sealed class ResponseChaining(ICardChannel inner) : ICardChannel
{
    // Nothing on the card is longer than a file of 4,096 bytes; a card that never comes to an end is not one of ours.
    private const int MostRounds = 32;

    public async Task<CardResult<ResponseApdu>> TransmitAsync(CommandApdu command, CancellationToken cancellationToken)
    {
        var answer = await inner.TransmitAsync(command, cancellationToken);
        if (answer.Failure is not null || answer.Value.Status.BytesWaiting is null)
            return answer;

        var whole = new List<byte>(answer.Value.Data.ToArray());
        for (var round = 0; round < MostRounds; round++)
        {
            if (answer.Value.Status.BytesWaiting is not { } waiting)
                return new ResponseApdu(whole.ToArray(), answer.Value.Status);
            answer = await inner.TransmitAsync(new CommandApdu(0x00, 0xC0, 0x00, 0x00, expected: waiting), cancellationToken);
            if (answer.Failure is not null)
                return answer;
            whole.AddRange(answer.Value.Data.Span);
        }

        return new CardFailure.NotThisKindOfCard();
    }
}
