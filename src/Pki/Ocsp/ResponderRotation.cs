using Jpki.Pki.Keys;

namespace Jpki.Pki.Ocsp;

/// <summary>
/// レスポンダの交代: keeps one identity for one generation of an authority. From half of its certificate's life the next one is made beside the
/// answering; only when none can speak do the askers wait. Safe for concurrent use.
/// </summary>
internal sealed class ResponderRotation(Authority authority, AuthoritySettings settings, IResponderJournal journal)
{
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private volatile ResponderIdentity? current;
    private Task<ResponderIdentity>? making;
    private long nextFrom = long.MaxValue;

    public Authority Authority => authority;

    /// <param name="now">The civil instant.</param>
    /// <returns>None when the authority's own certificate is not valid at <paramref name="now"/>: nobody can speak for it.</returns>
    public ValueTask<ResponderIdentity?> AtAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (current is { } present && present.SpeaksAt(now))
        {
            if (now.UtcTicks >= Volatile.Read(ref nextFrom))
                Replace(present, now);
            return new(present);
        }

        return authority.NotBefore <= now && now < authority.NotAfter ? new(FirstAsync(now, cancellationToken)) : default;
    }

    private async Task<ResponderIdentity?> FirstAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        Task<ResponderIdentity> made;
        lock (gate)
        {
            if (current is { } present && present.SpeaksAt(now))
                return present;
            if (making is null or { IsCompleted: true })
                making = Task.Run(() => MakeAsync(now), CancellationToken.None);
            made = making;
        }

        var identity = await made.WaitAsync(cancellationToken);
        // The one that was in the making may be of an earlier day: a played clock leaps.
        return identity.SpeaksAt(now) ? identity : await FirstAsync(now, cancellationToken);
    }

    private void Replace(ResponderIdentity present, DateTimeOffset now)
    {
        lock (gate)
        {
            if (now.UtcTicks >= Volatile.Read(ref nextFrom) && making is null or { IsCompleted: true })
                making = Task.Run(() => NextAsync(present, now));
        }
    }

    private async Task<ResponderIdentity> NextAsync(ResponderIdentity present, DateTimeOffset now)
    {
        try
        {
            return await MakeAsync(now);
        }
        catch (Exception failed)
        {
            // Whatever it was, the present identity goes on speaking, for days.
            Volatile.Write(ref nextFrom, (now + PauseAfterFailure).UtcTicks);
            journal.RotationFailed(authority.KeyId, failed);
            return present;
        }
    }

    private async Task<ResponderIdentity> MakeAsync(DateTimeOffset now)
    {
        var key = new ResponderKey(authority.Key.Algorithm);
        var certificate = ResponderCertificates.Issue(authority, settings, key.PublicKey, now);
        await journal.IssuedAsync(certificate, CancellationToken.None);
        var made = new ResponderIdentity(key, certificate);
        // The last one of a generation ends with it; a successor could not speak for longer.
        var isLast = certificate.NotAfter == authority.NotAfter;
        current = made;
        Volatile.Write(ref nextFrom, isLast ? long.MaxValue : (now + ((certificate.NotAfter - now) / 2)).UtcTicks);
        return made;
    }
}
