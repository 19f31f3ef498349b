using System.Globalization;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Ocsp;

namespace Jpki.Silo.Revocation;

/// <summary>What goes onto the wire: the answer and how long others may keep it.</summary>
/// <param name="Body">OCSPResponse in DER.</param>
/// <param name="Validators">None: nobody may keep it.</param>
public sealed record OcspReply(Octets Body, OcspReply.CacheValidators? Validators)
{
    /// <param name="ETag">Strong (RFC 9110 8.8.3), with its quotes.</param>
    /// <param name="LastModified">thisUpdate (RFC 5019 6.2).</param>
    public sealed record CacheValidators(string ETag, string LastModified);

    public static OcspReply Of(OcspAnswer answer)
    {
        if (answer is not OcspSigned { IsReusable: true } signed)
            return new(answer.Encoded, null);
        var tag = Convert.ToHexStringLower(SHA256.HashData(answer.Encoded.Span).AsSpan(0, 16));
        return new(answer.Encoded, new($"\"{tag}\"", signed.ThisUpdate.ToString("R", CultureInfo.InvariantCulture)));
    }
}
