using System.Formats.Asn1;
using Jpki.Domain;
using Jpki.Domain.Rules;

namespace Jpki.Pki.Keys;

/// <summary>What is wrong with <see cref="AuthoritySettings"/>.</summary>
internal static class SettingsProblems
{
    // RFC 5280 appendix A.1: ub-organization-name and ub-organizational-unit-name.
    private const int LongestName = 64;

    // Years. Nobody can say of an algorithm that it lasts longer.
    private const int LongestAuthority = 30;

    // The national service's own arc: its attributes are read by clients and used here, its policies would claim to be it.
    private const string NationalArc = "1.2.392.200149.";

    public static IEnumerable<string> Of(AuthoritySettings settings) =>
    [
        .. Name(nameof(settings.Organisation), settings.Organisation),
        .. Name(nameof(settings.Operator), settings.Operator),
        .. Name(nameof(settings.JapaneseOrganisation), settings.JapaneseOrganisation),
        .. Name(nameof(settings.JapaneseOperator), settings.JapaneseOperator),
        .. Link(nameof(settings.PracticeStatement), settings.PracticeStatement),
        .. Link(nameof(settings.RevocationLists), settings.RevocationLists),
        .. Link(nameof(settings.Ocsp), settings.Ocsp),
        .. settings.RevocationLists is { IsAbsoluteUri: true } lists && !lists.AbsoluteUri.EndsWith('/')
            ? [$"{nameof(settings.RevocationLists)} must end in a slash: the lists' own names are appended."] : Array.Empty<string>(),
        .. Enum.GetValues<CertificateKind>().SelectMany(kind => Kind(kind, settings.Of(kind))),
        .. settings.ValidityYears is > Validity.LongestYears and <= LongestAuthority ? []
            : new[] { $"{nameof(settings.ValidityYears)} must be {Validity.LongestYears + 1} to {LongestAuthority}." },
    ];

    private static IEnumerable<string> Name(string setting, string? value)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > LongestName || value.Any(char.IsControl))
            yield return $"{setting} must be 1 to {LongestName} characters.";
        else if (NationalAuthority.IsImpersonatedBy(value))
            yield return $"{setting} '{value}' presents this authority as the national one, which it is not. Choose a name of your own.";
    }

    // Plain http, so that fetching a list never needs the verification it is fetched for (RFC 5280 8).
    private static IEnumerable<string> Link(string setting, Uri? value)
    {
        if (value is not { IsAbsoluteUri: true } || value.Scheme != Uri.UriSchemeHttp)
            yield return $"{setting} must be an absolute http URI.";
    }

    private static IEnumerable<string> Kind(CertificateKind kind, KindSettings value)
    {
        if (!IsOid(value.PolicyOid))
            yield return $"{kind}.{nameof(value.PolicyOid)} must be an object identifier in dotted decimal.";
        else if (value.PolicyOid.StartsWith(NationalArc, StringComparison.Ordinal))
            yield return $"{kind}.{nameof(value.PolicyOid)} lies in the national service's arc {NationalArc[..^1]}.";
        if (!Enum.IsDefined(value.KeyAlgorithm))
            yield return $"{kind}.{nameof(value.KeyAlgorithm)} must be one of {string.Join(", ", Enum.GetNames<KeyAlgorithm>())}.";
    }

    private static bool IsOid(string? text)
    {
        try
        {
            new AsnWriter(AsnEncodingRules.DER).WriteObjectIdentifier(text ?? "");
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
