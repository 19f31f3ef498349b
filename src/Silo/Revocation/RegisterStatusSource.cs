using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Ledger;
using Jpki.Pki.Ocsp;

namespace Jpki.Silo.Revocation;

/// <summary>The ledger's register as the responder sees it.</summary>
public sealed class RegisterStatusSource(CertificateRegister register) : IRevocationStatusSource
{
    /// <summary>Clients of OCSP give up after a few seconds; being told to come back helps them more than silence.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyDictionary<SerialNumber, RegisteredCertificate>> FindAsync(
        IReadOnlyCollection<SerialNumber> serials, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await register.FindAsync(serials, limit.Token);
        }
        catch (Exception silent) when (silent is LedgerUnavailableException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new RevocationStatusUnavailableException(silent);
        }
    }
}
