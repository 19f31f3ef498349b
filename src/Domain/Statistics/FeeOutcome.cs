using Jpki.Domain.Residents;

namespace Jpki.Domain.Statistics;

/// <summary>手数料の結果: what became of the fee of one kind of an application: charged, or free and why.</summary>
public static class FeeOutcome
{
    /// <summary>徴収</summary>
    public const string Charged = "charged";

    /// <summary>Free beside another kind of the same application, which bears the one fee (S17).</summary>
    public const string Included = "included";

    /// <summary>The fee of an application that was given up.</summary>
    public const string Refunded = "refunded";

    /// <summary>The waiver's reason, by its name in the contract.</summary>
    public static string Of(WaiverReason reason) => ContractName.Of(reason);
}
