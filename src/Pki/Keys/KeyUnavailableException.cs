namespace Jpki.Pki.Keys;

/// <summary>
/// A key's token does not do what it was asked: it is gone, its session ended twice in a row, or it no longer takes the PIN. Nothing was signed;
/// the same may be asked again when the token is back.
/// </summary>
/// <param name="failure">For deciding.</param>
/// <param name="explanation">For the operator; names the token and PKCS#11's return value, never the PIN.</param>
public sealed class KeyUnavailableException(StoreFailure failure, string explanation, Exception? cause = null) : Exception(explanation, cause)
{
    public StoreFailure Failure { get; } = failure;
}
