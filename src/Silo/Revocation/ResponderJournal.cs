using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Pki.Ocsp;

namespace Jpki.Silo.Revocation;

/// <summary>The authorities' journal as the responder sees it.</summary>
public sealed partial class ResponderJournal(AuthorityJournal journal, ICivilClock clock, ILogger<ResponderJournal> logger) : IResponderJournal
{
    /// <summary>An authority gave a certificate to its OCSP responder.</summary>
    public const string ResponderCertificateIssued = "responder-certificate-issued";

    public async Task IssuedAsync(ResponderCertificate certificate, CancellationToken cancellationToken)
    {
        try
        {
            await journal.RecordAsync(
                ResponderCertificateIssued,
                certificate.AuthorityKeyId,
                clock.Now,
                new { serial = certificate.Serial, notBefore = certificate.NotBefore, notAfter = certificate.NotAfter, certificate = certificate.Encoded },
                cancellationToken);
        }
        catch (LedgerUnavailableException silent)
        {
            throw new RevocationStatusUnavailableException(silent);
        }
    }

    public void RotationFailed(string authorityKeyId, Exception cause) => LogRotationFailed(authorityKeyId, cause);

    [LoggerMessage(LogLevel.Error, "The OCSP responder of authority {AuthorityKeyId} could not be given its next certificate")]
    private partial void LogRotationFailed(string authorityKeyId, Exception cause);
}
