using System.Diagnostics.CodeAnalysis;

namespace Jpki.Counter.Gateway.Apdu;

/// <summary>Success that carries nothing.</summary>
public readonly record struct Done;

/// <summary>What a card operation gave: a value, or the reason why there is none.</summary>
/// <remarks>Not a record: its text must not show what it holds, which may be personal data.</remarks>
public readonly struct CardResult<T>
{
    private readonly T? _value;

    private CardResult(T? value, CardFailure? failure)
    {
        _value = value;
        Failure = failure;
    }

    /// <summary>Null on success.</summary>
    public CardFailure? Failure { get; }

    /// <summary>The value; asking for it without having looked at <see cref="Failure"/> is a bug.</summary>
    public T Value => Failure is null
        ? _value!
        : throw new InvalidOperationException($"There is no value: the card operation failed ({Failure.Code}).");

    public static implicit operator CardResult<T>(T value) => new(value, null);

    public static implicit operator CardResult<T>(CardFailure failure) => new(default, failure);

    public bool TryGet([MaybeNullWhen(false)] out T result, [NotNullWhen(false)] out CardFailure? failure)
    {
        result = _value;
        failure = Failure;
        return failure is null;
    }
}

/// <summary>Goes on with a card operation where the one before succeeded, and keeps its failure where it did not.</summary>
public static class CardResultSteps
{
    public static async Task<CardResult<TNext>> Then<T, TNext>(this Task<CardResult<T>> step, Func<T, Task<CardResult<TNext>>> next) =>
        (await step).TryGet(out var value, out var failure) ? await next(value) : failure;

    public static async Task<CardResult<TNext>> Select<T, TNext>(this Task<CardResult<T>> step, Func<T, TNext> selector) =>
        (await step).TryGet(out var value, out var failure) ? selector(value) : failure;

    public static async Task<CardResult<TNext>> Interpret<T, TNext>(this Task<CardResult<T>> step, Func<T, CardResult<TNext>> interpret) =>
        (await step).TryGet(out var value, out var failure) ? interpret(value) : failure;
}
