using Jpki.Domain.Rules;

namespace Jpki.Domain.Residents.Procedures;

/// <summary>有効期間: the last day of each kind applied for, from the resident's state (S10, S13).</summary>
internal static class ValidityOf
{
    /// <summary>
    /// User authentication is reckoned first: where both are issued together, the signature certificate is bounded by the new one.
    /// </summary>
    public static IReadOnlyList<AppliedCertificate> Each(
        IReadOnlyList<CertificateKind> kinds,
        Resident.Registered state,
        DateOnly cardExpiresOn,
        Circumstances c,
        Func<CertificateKind, ApplicationReason> reason)
    {
        var authenticationEnds = LastDayOf(state.Current(CertificateKind.UserAuthentication, c.At));
        var applied = new List<AppliedCertificate>();
        foreach (var kind in kinds.OrderByDescending(kind => kind == CertificateKind.UserAuthentication))
        {
            var bound = kind == CertificateKind.Signature ? authenticationEnds : null;
            var lastDay = Validity.LastDay(
                c.RuleSet, kind, state.Attributes.BirthDate, c.Today, cardExpiresOn, bound, LastDayOf(state.Current(kind, c.At)));
            if (kind == CertificateKind.UserAuthentication)
                authenticationEnds = lastDay;
            applied.Add(new AppliedCertificate(kind, lastDay, reason(kind)));
        }

        return applied;
    }

    private static DateOnly? LastDayOf(Certificate? certificate) => certificate is null ? null : Jst.DayOf(certificate.NotAfter);
}
