namespace Jpki.Counter.Gateway.Cards;

/// <summary>What is known of a reader model (S33: 動作確認済みリーダライタ).</summary>
public enum ReaderVerification
{
    NotVerified,
    Verified,

    /// <summary>A reader in software, for development: nothing real is written through it.</summary>
    Simulated,
}

/// <summary>The readers on the list of models known to work with the My Number card.</summary>
/// <remarks>
/// PC/SC names a reader by its driver's words, so a model is recognised by a part of its name. The built-in list holds models sold in Japan
/// for this purpose; the operator adds what the town hall has tried (J-LIS publishes the tested models).
/// </remarks>
public sealed class VerifiedReaders(IEnumerable<string>? furtherModels = null)
{
    private static readonly string[] BuiltIn =
        ["RC-S300", "PaSoRi 4.0", "RC-S380", "PaSoRi 3.0", "ACR39", "ACR1251", "SCR 3310", "SCR3310", "SCR33xx"];

    private static readonly string[] SimulatedModels = ["Virtual", "Simulated"];

    private readonly string[] _models = [.. BuiltIn, .. furtherModels ?? []];

    /// <param name="readerName">The name PC/SC gives the reader.</param>
    public ReaderVerification Judge(string readerName) =>
        NamesAny(readerName, SimulatedModels) ? ReaderVerification.Simulated
        : NamesAny(readerName, _models) ? ReaderVerification.Verified
        : ReaderVerification.NotVerified;

    private static bool NamesAny(string readerName, string[] parts) =>
        parts.Any(part => readerName.Contains(part, StringComparison.OrdinalIgnoreCase));
}
