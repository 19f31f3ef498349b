namespace Jpki.Counter.Gateway.Apdu;

/// <summary>A way to a card. Decorators add to it, one concern each.</summary>
public interface ICardChannel
{
    /// <summary>Sends one command and gives the card's answer, whatever its status word; fails only when no answer came.</summary>
    /// <param name="command">The command.</param>
    /// <param name="cancellationToken">Looked at before the command goes out. An exchange once begun is finished: its effect could not be
    /// told.</param>
    Task<CardResult<ResponseApdu>> TransmitAsync(CommandApdu command, CancellationToken cancellationToken);
}

/// <summary>One command to the card, which knows what its answer means.</summary>
public interface ICardCommand<TAnswer>
{
    CommandApdu ToApdu();

    /// <summary>Makes sense of an answer, a refusal included.</summary>
    CardResult<TAnswer> Interpret(ResponseApdu response);
}

/// <summary>A command whose answer is success or a refusal.</summary>
public interface IPlainCommand : ICardCommand<Done>
{
    CardResult<Done> ICardCommand<Done>.Interpret(ResponseApdu response) =>
        response.Status.IsSuccess ? default(Done) : new CardFailure.Refused(response.Status);
}

/// <summary>A command whose answer is bytes or a refusal.</summary>
public interface IReadCommand : ICardCommand<ReadOnlyMemory<byte>>
{
    CardResult<ReadOnlyMemory<byte>> ICardCommand<ReadOnlyMemory<byte>>.Interpret(ResponseApdu response) =>
        response.Status.IsSuccess ? response.Data : new CardFailure.Refused(response.Status);
}

/// <summary>Sends typed commands.</summary>
public static class CardChannelCommands
{
    public static Task<CardResult<TAnswer>> SendAsync<TAnswer>(
        this ICardChannel channel, ICardCommand<TAnswer> command, CancellationToken cancellationToken) =>
        channel.TransmitAsync(command.ToApdu(), cancellationToken).Interpret(command.Interpret);
}
