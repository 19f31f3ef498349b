using Jpki.Counter.Gateway.Apdu;

namespace Jpki.Counter.Gateway.Applets;

/// <summary>Reads the serial again and says whether it is still the card the session began with.</summary>
public delegate Task<CardResult<Done>> SameCardCheck(CancellationToken cancellationToken);

/// <summary>Stands before everything that changes a card.</summary>
/// <remarks>
/// A card swapped within 400 ms answers on the old handle with no error, so the serial is read again before each write. A refusal is
/// looked into as well: a card swapped during a write has no issuer right, and «security status» would be the wrong thing to tell.
/// </remarks>
internal sealed class WriteGuard(SameCardCheck check)
{
    public async Task<CardResult<T>> WriteAsync<T>(Func<Task<CardResult<T>>> write, CancellationToken cancellationToken)
    {
        if ((await check(cancellationToken)).Failure is { } changed)
            return changed;

        var written = await write();
        if (written.Failure is CardFailure.Refused && (await check(cancellationToken)).Failure is { } changedMeanwhile)
            return changedMeanwhile;
        return written;
    }
}
