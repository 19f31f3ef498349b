namespace Jpki.Domain.Residents;

/// <summary>後見の異動</summary>
public enum WardChange
{
    /// <summary>後見開始</summary>
    Started,

    /// <summary>後見終了</summary>
    Ended,
}

/// <summary>成年被後見人であるか: whether the resident is an adult ward (S24). A closed set.</summary>
public abstract record Ward
{
    private Ward()
    {
    }

    public sealed record None : Ward
    {
        public static readonly None Instance = new();
    }

    /// <summary>成年被後見人</summary>
    /// <param name="Since">Since when, by whoever told it.</param>
    /// <param name="SignatureAllowed">A supervisor recorded an exception for signature certificates.</param>
    public sealed record Under(DateOnly Since, bool SignatureAllowed) : Ward;
}
