using Jpki.Domain.Identifiers;
using Jpki.Ledger;

namespace Jpki.Silo.Revocation;

/// <summary>異動の知らせ: which certificates' status has changed, asked again and again by one asker.</summary>
public interface IStatusChanges
{
    /// <summary>Since the last time it answered; everything at the first time.</summary>
    /// <exception cref="LedgerUnavailableException">The register does not answer; the next answer covers this time too.</exception>
    Task<StatusChanges> NextAsync(CancellationToken cancellationToken);
}

/// <param name="Everything">Nothing that was known before may be relied on; <paramref name="Serials"/> is empty then.</param>
public sealed record StatusChanges(bool Everything, IReadOnlyCollection<SerialNumber> Serials);

/// <summary>The ledger's register, remembering where it was.</summary>
public sealed class RegisterStatusChanges(CertificateRegister register) : IStatusChanges
{
    private RegisterPosition? position;

    public async Task<StatusChanges> NextAsync(CancellationToken cancellationToken)
    {
        var changes = await register.ChangesSinceAsync(position, cancellationToken);
        var isFirst = position is null;
        position = changes.Position;
        return new(isFirst || changes.IsLost, changes.Serials);
    }
}
