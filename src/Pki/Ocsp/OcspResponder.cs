using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Ocsp;

/// <summary>
/// 有効性確認 (OCSPレスポンダ, RFC 6960): answers for every generation of both authorities, each by a responder of its own. Safe for
/// concurrent use; whatever goes wrong is an answer, not an exception.
/// </summary>
public sealed class OcspResponder
{
    /// <summary>From thisUpdate to nextUpdate.</summary>
    public static readonly TimeSpan AnswerLife = TimeSpan.FromHours(1);

    private readonly IRevocationStatusSource register;
    private readonly TimeProvider civil;
    private readonly IReadOnlyList<ResponderRotation> rotations;
    private readonly ResponderRotation forStrangers;
    private readonly IssuerIndex issuers;

    /// <param name="civil">Dates the answers and the responders' certificates.</param>
    public OcspResponder(
        Authorities authorities, AuthoritySettings settings, IRevocationStatusSource register, IResponderJournal journal, TimeProvider civil)
    {
        this.register = register;
        this.civil = civil;
        rotations = [.. authorities.All.Where(each => each.CanSign).Select(each => new ResponderRotation(each, settings, journal))];
        issuers = new(rotations);
        var signature = authorities.For(CertificateKind.Signature, civil.GetUtcNow());
        forStrangers = rotations.Single(each => each.Authority == signature);
    }

    /// <summary>Makes the responders' keys and certificates before the first question, which would wait for them otherwise.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">An authority's key does not sign as it should.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        foreach (var rotation in rotations)
            await rotation.AtAsync(civil.GetUtcNow(), cancellationToken);
    }

    /// <param name="request">OCSPRequest in DER, as it arrived.</param>
    public async Task<OcspAnswer> AnswerAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken) =>
        OcspRequestReader.Read(request.Span) is OcspRequest read
            ? await AnswerAsync(read, cancellationToken)
            : OcspRefused.Of(OcspFailure.MalformedRequest);

    /// <exception cref="OperationCanceledException">The asker has gone.</exception>
    public async Task<OcspAnswer> AnswerAsync(OcspRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await SignedAsync(request, cancellationToken);
        }
        catch (RevocationStatusUnavailableException unavailable)
        {
            return OcspRefused.Of(OcspFailure.TryLater, unavailable);
        }
        catch (Exception failed) when (!(failed is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return OcspRefused.Of(OcspFailure.InternalError, failed);
        }
    }

    private async Task<OcspAnswer> SignedAsync(OcspRequest request, CancellationToken cancellationToken)
    {
        var named = request.Certificates.Select(issuers.Find).OfType<ResponderRotation>().Distinct().ToList();
        // One signature stands under one answer, and a responder may speak for its own issuer only (RFC 6960 4.2.2.2). What no authority of
        // ours has issued is unknown to whichever of them is asked.
        var rotation = named.Count == 0 ? forStrangers : named[0];
        if (named.Count > 1 || await rotation.AtAsync(civil.GetUtcNow(), cancellationToken) is not { } responder)
            return OcspRefused.Of(OcspFailure.Unauthorized);

        // Read before the register is asked: what happens while it answers is not claimed to be known.
        var now = civil.GetUtcNow();
        var statuses = await StatusesAsync(request, rotation.Authority, cancellationToken);
        var thisUpdate = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
        var end = responder.Certificate.NotAfter;
        var nextUpdate = thisUpdate + AnswerLife < end ? thisUpdate + AnswerLife : end;
        var encoded = OcspResponseWriter.Sign(new(request, statuses, thisUpdate, nextUpdate), responder);
        return new OcspSigned(encoded, thisUpdate, nextUpdate, request.Nonce is null && statuses is [not null]);
    }

    /// <returns>In the request's order; null for what this generation has not issued.</returns>
    private async Task<RevocationStatus?[]> StatusesAsync(OcspRequest request, Authority authority, CancellationToken cancellationToken)
    {
        var asked = request.Certificates.Select(each => issuers.Find(each) is null ? null : each.Serial).ToArray();
        SerialNumber[] serials = [.. asked.OfType<SerialNumber>().Distinct()];
        if (serials.Length == 0)
            return new RevocationStatus?[asked.Length];

        var found = await register.FindAsync(serials, cancellationToken);
        return Array.ConvertAll(asked, each =>
            each is { } serial && found.GetValueOrDefault(serial) is { } registered && registered.AuthorityKeyId == authority.KeyId ? registered.Status : null);
    }
}
