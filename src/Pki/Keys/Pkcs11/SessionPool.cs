using System.Collections.Concurrent;
using System.Security.Cryptography;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Jpki.Pki.Keys.Pkcs11;

/// <summary>
/// The sessions of one key, borrowed one at a time by each caller. As many as callers at once, up to a bound, because tokens have few; who
/// comes when all are lent waits.
/// </summary>
internal sealed class SessionPool(TokenAddress address, byte[] keyId, byte[] pin) : IDisposable
{
    // A signature keeps one core (or one engine of the module) busy: more sessions than this would only wait inside the module.
    private static readonly int Most = Math.Clamp(2 * Environment.ProcessorCount, 4, 16);

    private readonly SemaphoreSlim free = new(Most);
    private readonly ConcurrentBag<Lent> idle = [];
    private volatile KeyUnavailableException? pinRefused;
    private volatile bool disposed;

    /// <summary>Does the work in a session; once more in a new one when the first turns out to be lost.</summary>
    /// <exception cref="KeyUnavailableException">It failed twice, or the token does not take the PIN.</exception>
    public T Use<T>(Func<TokenSession, IObjectHandle, T> work) where T : class
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        free.Wait();
        try
        {
            return Attempt(idle.TryTake(out var kept) ? kept : null, work, out var lost) is { } done ? done : Again(work, lost);
        }
        finally
        {
            free.Release();
        }
    }

    public void Dispose()
    {
        disposed = true;
        Drain();
        CryptographicOperations.ZeroMemory(pin);
    }

    private T Again<T>(Func<TokenSession, IObjectHandle, T> work, Exception? lost) where T : class
    {
        // What ended one session has most likely ended them all.
        Drain();
        return Attempt(null, work, out var lostAgain) is { } done
            ? done
            : throw new KeyUnavailableException(
                StoreFailure.TokenUnavailable, $"{address} does not answer: {Reason(lost)}, and with a new session {Reason(lostAgain)}.", lostAgain);
    }

    private T? Attempt<T>(Lent? kept, Func<TokenSession, IObjectHandle, T> work, out Exception? lost) where T : class
    {
        var lent = kept;
        try
        {
            lent ??= Open();
            var result = work(lent.Session, lent.Key);
            GiveBack(lent);
            lost = null;
            return result;
        }
        catch (Exception failed) when (failed is Pkcs11Exception or KeyUnavailableException { Failure: StoreFailure.TokenUnavailable })
        {
            lent?.Session.Dispose();
            lost = failed;
            return default;
        }
    }

    private Lent Open()
    {
        // A token counts wrong PINs and locks itself; one refusal is enough, and this PIN does not get better.
        if (pinRefused is { } before)
            throw new KeyUnavailableException(before.Failure, before.Message, before);
        try
        {
            var session = TokenSession.Open(address, SessionType.ReadOnly, pin);
            if (session.Find(keyId) is { } key)
                return new(session, key);
            session.Dispose();
            throw new KeyUnavailableException(StoreFailure.Damaged, $"{address} holds no key {Convert.ToHexStringLower(keyId)}.");
        }
        catch (KeyUnavailableException refused) when (refused.Failure == StoreFailure.WrongPassphrase)
        {
            pinRefused = refused;
            throw;
        }
    }

    private void GiveBack(Lent lent)
    {
        idle.Add(lent);
        if (disposed)
            Drain();
    }

    private void Drain()
    {
        while (idle.TryTake(out var lent))
            lent.Session.Dispose();
    }

    private static string Reason(Exception? failure) => failure is Pkcs11Exception token ? $"{token.Method} {token.RV}" : failure?.Message ?? "";

    private sealed record Lent(TokenSession Session, IObjectHandle Key);
}
