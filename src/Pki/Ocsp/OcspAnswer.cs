using Jpki.Domain;

namespace Jpki.Pki.Ocsp;

/// <summary>応答: finished octets (RFC 6960 4.2).</summary>
/// <param name="Encoded">OCSPResponse in DER.</param>
public abstract record OcspAnswer(Octets Encoded);

/// <summary>A signed answer about each certificate asked for.</summary>
/// <param name="ThisUpdate">The instant at which all of it was true; whole seconds.</param>
/// <param name="NextUpdate">Inclusive; how long a client may hold it for true.</param>
/// <param name="IsReusable">
/// Whether the same octets answer the same question of somebody else: one certificate, no nonce, and one that was issued; what is unknown
/// now may be issued in the next second.
/// </param>
public sealed record OcspSigned(Octets Encoded, DateTimeOffset ThisUpdate, DateTimeOffset NextUpdate, bool IsReusable) : OcspAnswer(Encoded);

/// <summary>No answer. Unsigned, as RFC 6960 2.3 has it.</summary>
/// <param name="Cause">For the log, where the reason lies with us.</param>
public sealed record OcspRefused(OcspFailure Failure, Octets Encoded, Exception? Cause = null) : OcspAnswer(Encoded)
{
    public static OcspRefused Of(OcspFailure failure, Exception? cause = null) => new(failure, OcspResponseWriter.Failure(failure), cause);
}

/// <summary>OCSPResponseStatus other than successful (RFC 6960 4.2.1); the numbers are those of the standard.</summary>
public enum OcspFailure
{
    MalformedRequest = 1,
    InternalError = 2,
    TryLater = 3,

    /// <summary>Nobody here may speak for all that was asked: two issuers in one request, or an authority past its end (RFC 5019 2.2.3).</summary>
    Unauthorized = 6,
}
