using System.Security.Cryptography;
using Jpki.Counter.Gateway.Apdu.Commands;
using Jpki.Counter.Gateway.Applets;
using Jpki.Domain;
using Jpki.Domain.Rules;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>
/// 暗証番号の預り: the PINs the resident typed in this procedure, so that a card put back need not ask for them again. In memory only, wiped at
/// the end; they go to the card and nowhere else.
/// </summary>
public sealed class PinWallet(ICounterFront front) : IDisposable
{
    private readonly Dictionary<PinKind, Pin> _pins = [];
    private readonly HashSet<PinKind> _verified = [];

    /// <summary>Which PINs a card took in this procedure.</summary>
    public IReadOnlyList<PinKind> Verified => [.. _verified.Order()];

    /// <summary>Has the card verify its present PIN, asking for it until the card takes it, it is blocked, or the resident gives up.</summary>
    public async Task<Step<PinVerification.Verified>> VerifyAsync(CardPin card, PinKind kind, CancellationToken cancellationToken)
    {
        PinProblem? problem = null;
        while (true)
        {
            if (!(await card.ReadTriesLeftAsync(cancellationToken)).Try(out var tries, out var stop))
                return stop;
            if (tries == 0)
                return Blocked(kind);
            if (!(await TakeAsync(new PinRequest(kind, false, tries, problem), cancellationToken)).Try(out var pin, out stop)
                || !(await card.VerifyAsync(pin, cancellationToken)).Try(out var verification, out stop))
                return stop;

            switch (verification)
            {
                case PinVerification.Verified verified:
                    _verified.Add(kind);
                    return verified;
                case PinVerification.Wrong wrong:
                    Forget(kind);
                    problem = new PinProblem($"暗証番号が違います。あと{wrong.TriesLeft}回です。", $"Wrong PIN. Tries left: {wrong.TriesLeft}.");
                    break;
                default:
                    Forget(kind);
                    return Blocked(kind);
            }
        }
    }

    /// <summary>A new PIN for a kind, asked for once in a procedure.</summary>
    public Task<Step<Pin>> NewAsync(PinKind kind, CancellationToken cancellationToken) =>
        TakeAsync(new PinRequest(kind, true, null, null), cancellationToken);

    /// <summary>The PIN the card took, to be sent along with its change.</summary>
    public Task<Step<Pin>> PresentAsync(PinKind kind, CancellationToken cancellationToken) =>
        TakeAsync(new PinRequest(kind, false, null, null), cancellationToken);

    /// <summary>Forgets a PIN, so that it is asked for again.</summary>
    public void Forget(PinKind kind)
    {
        if (_pins.Remove(kind, out var pin))
            pin.Dispose();
    }

    public void Dispose()
    {
        foreach (var kind in _pins.Keys.ToArray())
            Forget(kind);
    }

    private async Task<Step<Pin>> TakeAsync(PinRequest request, CancellationToken cancellationToken)
    {
        if (_pins.TryGetValue(request.Kind, out var known))
            return known;

        while (await front.AskPinAsync(request, cancellationToken) is { } typed)
        {
            try
            {
                // What can't be right is refused before it costs a try on the card (S9, S12).
                if (PinPolicy.Check(request.Kind, typed) is { } refusal)
                    request = request with { Problem = new PinProblem(refusal.Japanese, refusal.English) };
                else if (Pin.TryCreate(typed, out var pin))
                    return _pins[request.Kind] = pin;
            }
            finally
            {
                CryptographicOperations.ZeroMemory(System.Runtime.InteropServices.MemoryMarshal.AsBytes(typed.AsSpan()));
            }
        }

        return Stop.Cancelled();
    }

    private static Stop Blocked(PinKind kind) => new(
        "pin-blocked", kind == PinKind.BasicRegister ? "S28" : "S27",
        "暗証番号が設定されていないか、ロックされています。暗証番号の再設定を行ってください。",
        "This PIN is blocked, or was never set. Do a PIN reset.",
        false);
}
