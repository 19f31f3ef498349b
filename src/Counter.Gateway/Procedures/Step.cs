using System.Diagnostics.CodeAnalysis;
using Jpki.Counter.Gateway.Apdu;
using Jpki.Domain;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>Why a procedure can't go on now, in words that say what to do next.</summary>
/// <param name="Code">Stable name.</param>
/// <param name="Rule">The rule a refusal rests on; none for wires and cards.</param>
/// <param name="Japanese">What happened and what to do.</param>
/// <param name="English">The same in English.</param>
/// <param name="CanContinue">True when the same procedure goes on once that is done: card put back, back office reachable again.</param>
public sealed record Stop(string Code, string? Rule, string Japanese, string English, bool CanContinue)
{
    public static Stop From(CardFailure failure) =>
        new(failure.Code, null, failure.Japanese, failure.English, failure.EndsTheSession);

    public static Stop From(Refusal refusal) => new(refusal.Code, refusal.Rule, refusal.Japanese, refusal.English, false);

    /// <summary>The clerk or the resident gave up at a question.</summary>
    public static Stop Cancelled() => new(
        "cancelled", null,
        "中止しました。途中の手続きは、同じカードでもう一度始めると続きから行えます。",
        "Cancelled. Start again with the same card to carry on where it stopped.",
        false);
}

/// <summary>What one step of a procedure gave: a value, or why the procedure stops.</summary>
public readonly struct Step<T>
{
    private readonly T? _value;
    private readonly Stop? _stop;

    private Step(T? value, Stop? stop) => (_value, _stop) = (value, stop);

    public static implicit operator Step<T>(T value) => new(value, null);

    public static implicit operator Step<T>(Stop stop) => new(default, stop);

    public bool Try([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Stop? stop)
    {
        (value, stop) = (_value, _stop);
        return stop is null;
    }
}

/// <summary>Card operations as steps.</summary>
public static class CardSteps
{
    public static bool Try<T>(this CardResult<T> result, [MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Stop? stop)
    {
        var succeeded = result.TryGet(out value, out var failure);
        stop = failure is null ? null : Stop.From(failure);
        return succeeded;
    }
}
