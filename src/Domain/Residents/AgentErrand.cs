using Jpki.Domain.Residents.Procedures;

namespace Jpki.Domain.Residents;

/// <summary>
/// 委任の内容: what an appointed agent is to do, as the inquiry letter puts it to the holder. The holder agrees to exactly this, so exactly this is
/// accepted: one kind of two agreed on, or two of one, is another errand.
/// </summary>
public abstract record AgentErrand
{
    private AgentErrand()
    {
    }

    /// <summary>Whether a command is what the holder agreed to.</summary>
    internal abstract bool Covers(ResidentCommand command);

    /// <summary>The refusal when nothing, or something twice, is to be done; otherwise none.</summary>
    internal virtual Refusal? Malformed() => null;

    /// <summary>Issue, reissue or renewal.</summary>
    [StoredName("issue", "電子証明書の発行")]
    public sealed record Issue(IReadOnlyList<CertificateKind> Kinds) : AgentErrand
    {
        internal override bool Covers(ResidentCommand command) => command is ApplyForCertificates x && SameSet(x.Kinds, Kinds);

        internal override Refusal? Malformed() => IsSet(Kinds) ? null : Refusals.NoKindChosen();
    }

    /// <summary>S29.</summary>
    [StoredName("reset-pins", "暗証番号の再設定")]
    public sealed record ResetPins(IReadOnlyList<PinKind> Pins) : AgentErrand
    {
        internal override bool Covers(ResidentCommand command) => command is ApprovePinReset x && SameSet(x.Pins, Pins);

        internal override Refusal? Malformed() => IsSet(Pins) ? null : Refusals.NoPinChosen();
    }

    /// <summary>S32.</summary>
    [StoredName("release", "一時停止の解除")]
    public sealed record Release : AgentErrand
    {
        internal override bool Covers(ResidentCommand command) => command is ReleaseCertificates;
    }

    /// <summary>The card is received in the holder's place.</summary>
    [StoredName("receive-card", "個人番号カードの受領")]
    public sealed record ReceiveCard : AgentErrand
    {
        internal override bool Covers(ResidentCommand command) => command is HandOverCard;
    }

    /// <summary>Revocation on application.</summary>
    [StoredName("revoke", "電子証明書の失効")]
    public sealed record Revoke(IReadOnlyList<CertificateKind> Kinds) : AgentErrand
    {
        internal override bool Covers(ResidentCommand command) => command is RevokeCertificates x && SameSet(x.Kinds, Kinds);

        internal override Refusal? Malformed() => IsSet(Kinds) ? null : Refusals.NoKindChosen();
    }

    private static bool IsSet<T>(IReadOnlyList<T> chosen) => chosen.Count > 0 && chosen.Distinct().Count() == chosen.Count;

    private static bool SameSet<T>(IReadOnlyList<T> asked, IReadOnlyList<T> agreed) => asked.Order().SequenceEqual(agreed.Order());
}
