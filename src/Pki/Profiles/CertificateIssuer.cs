using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Profiles;

/// <summary>発行: turns a recorded order into the certificate it stands for. Safe for concurrent use.</summary>
/// <exception cref="ArgumentException">The settings have problems; the store refuses them first, with an explanation.</exception>
public sealed class CertificateIssuer(Authorities authorities, AuthoritySettings settings)
{
    private readonly CertificateAssembly assembly = settings.Problems().Count == 0
        ? new(settings) : throw new ArgumentException(string.Join(" ", settings.Problems()), nameof(settings));

    private readonly ProfileLint lint = new(settings);

    /// <summary>
    /// The same order under the same settings gives the same octets, however often it is asked for, but for the signature of an ECDSA key in
    /// a token (<see cref="ISigningKey.Sign"/>): the caller records what it was given first and hands out nothing else. An order that could
    /// not give a sound certificate is rejected before anything is signed; what was signed is read again before it leaves.
    /// </summary>
    /// <exception cref="KeyUnavailableException">The token does not sign; the order may be tried again.</exception>
    public IssueResult Issue(CertificateOrder order)
    {
        var authority = authorities.ByKeyId(order.AuthorityKeyId);
        if (authority is null || authority.Kind != order.Kind)
            return new IssueRejected([new("authority-key", "No authority of this kind has the key the order names.")]);
        if (!authority.CanSign)
            return new IssueRejected([new("authority-retired", "The key the order names is destroyed.")]);
        if (OrderLint.Check(order, authority) is { Count: > 0 } unfit)
            return new IssueRejected(unfit);

        var certificate = assembly.Sign(order, authority);
        var findings = lint.Check(certificate, order, authority.Certificate);
        return findings.Count == 0 ? new Issued(certificate) : new IssueRejected(findings);
    }
}
