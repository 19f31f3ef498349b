using Jpki.Domain.Identifiers;

namespace Jpki.Domain.Residents;

/// <summary>手続きに来た人: who stands at the counter for the holder's certificates (S22). Kinds of people only; a name is recorded nowhere.</summary>
public abstract record Applicant
{
    private Applicant()
    {
    }

    /// <summary>The holder in person.</summary>
    [StoredName("holder", "本人")]
    public sealed record Holder : Applicant
    {
        public static readonly Holder Instance = new();
    }

    /// <summary>Acts by law for a holder under fifteen or under guardianship.</summary>
    /// <param name="Proof">What proved that they may.</param>
    [StoredName("legal-representative", "法定代理人")]
    public sealed record LegalRepresentative(AuthorityProof Proof) : Applicant;

    /// <summary>Appointed by the holder, who confirmed it by answering the inquiry letter.</summary>
    /// <param name="Case">The agent case, answered and not yet used.</param>
    [StoredName("appointed-agent", "任意代理人")]
    public sealed record AppointedAgent(CommandId Case) : Applicant;
}

/// <summary>代理権の証明書類: what proves that somebody represents the holder by law.</summary>
public enum AuthorityProof
{
    /// <summary>戸籍謄本</summary>
    FamilyRegister,

    /// <summary>住民票: parent and child in one household, seen in the municipality's own register.</summary>
    ResidentRegister,

    /// <summary>成年後見の登記事項証明書</summary>
    GuardianshipCertificate,
}
