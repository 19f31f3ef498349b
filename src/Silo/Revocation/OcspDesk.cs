using Jpki.Grains;
using Jpki.Pki.Ocsp;

namespace Jpki.Silo.Revocation;

/// <summary>有効性確認の窓口: gives out what is signed already, where nothing has changed since, and has the rest signed on demand.</summary>
public sealed partial class OcspDesk(OcspResponder responder, PresignedAnswers presigned, ICivilClock clock, ILogger<OcspDesk> logger)
{
    private static readonly OcspReply Malformed = OcspReply.Of(OcspRefused.Of(OcspFailure.MalformedRequest));

    /// <param name="request">OCSPRequest in DER, as it arrived; not kept.</param>
    public ValueTask<OcspReply> AskAsync(ReadOnlySpan<byte> request, CancellationToken cancellationToken)
    {
        if (OcspRequestReader.Read(request) is not OcspRequest read)
            return new(Malformed);
        return read is { Nonce: null, Certificates: [var only] } && presigned.TryFind(only, clock.Now, out var reply)
            ? new(reply)
            : new(SignAsync(read, cancellationToken));
    }

    private async Task<OcspReply> SignAsync(OcspRequest request, CancellationToken cancellationToken)
    {
        var ticket = presigned.Ticket;
        var answer = await responder.AnswerAsync(request, cancellationToken);
        var reply = OcspReply.Of(answer);
        if (answer is OcspSigned { IsReusable: true } signed)
            presigned.Keep(ticket, request.Certificates[0], signed, reply);
        // A register that does not answer is told of by the watch, once and not for each request.
        if (answer is OcspRefused { Failure: OcspFailure.InternalError } refused)
            LogFailure(refused.Cause);
        return reply;
    }

    [LoggerMessage(LogLevel.Error, "An OCSP answer could not be made")]
    private partial void LogFailure(Exception? cause);
}
