using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Benchmarks.Stages;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Grains;

namespace Jpki.Benchmarks.Commands;

/// <summary>Residents of a silo in this process who have a card and have applied: all that is left to do is their certificate.</summary>
internal sealed class Applicants(HostedSilo silo)
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly OfficeCode Office = OfficeCode.Parse(BenchSilo.CityHall);
    private static readonly Actor Registry = new("registry-bench", Role.Registry, Office);
    private static readonly Actor Clerk = new("clerk-bench", Role.Clerk, Office);
    private static readonly DateOnly CardExpiresOn = new(2036, 9, 23);
    private static readonly IdentityCheck Licence = new(IdentityDocument.DrivingLicence);

    // The back office compares keys within one resident only; making a pair takes 100 ms, and it must not be used by two at once.
    private static readonly RSAParameters CardKey = NewKey();
    private static readonly ThreadLocal<RSA> Key = new(() => RSA.Create(CardKey));

    private readonly ConcurrentQueue<(ResidentId Resident, RequestCertificate Request)> _ready = new();

    /// <summary>Makes sure that so many are ready.</summary>
    public Task PrepareAsync(int count, int callers, CancellationToken cancellation) => Parallel.ForAsync(
        _ready.Count, Math.Max(_ready.Count, count), new ParallelOptions { MaxDegreeOfParallelism = callers, CancellationToken = cancellation },
        async (_, _) => _ready.Enqueue(await ApplyAsync(silo.NewResident())));

    /// <summary>Has the next one's certificate issued.</summary>
    public async Task IssueAsync()
    {
        if (!_ready.TryDequeue(out var next))
            throw new InvalidOperationException("More were issued than had been prepared.");
        var done = await SubmitAsync(next.Resident, next.Request, Clerk);
        if (!done.Answer.Events.Any(each => each.Event is CertificateIssued))
            throw new InvalidOperationException("A certificate was ordered and not issued.");
    }

    private async Task<(ResidentId, RequestCertificate)> ApplyAsync(ResidentId resident)
    {
        await SubmitAsync(resident, Lives.Commands[0], Registry);
        var card = CardSerial.Parse("990000" + resident.Value[^8..].PadLeft(9, '0'));
        var handOver = new HandOverCard(new(card, resident.Municipality, CardExpiresOn, []), [CertificateKind.Signature], Licence);
        var application = new CommandId(Guid.CreateVersion7());
        await SubmitAsync(resident, handOver, Clerk, application);
        return (resident, new(application, CertificateKind.UserAuthentication, Proof(application)));
    }

    private async Task<ResidentAnswer.Done> SubmitAsync(ResidentId resident, ResidentCommand command, Actor by, CommandId? id = null)
    {
        var envelope = new CommandEnvelope(id ?? new CommandId(Guid.CreateVersion7()), command);
        for (var attempt = 1; ; attempt++)
        {
            var answer = await AskAsync(resident, envelope, by);
            if (answer is ResidentAnswer.Done done)
                return done;
            // As any client does that hears nothing or "try again": the same command id again, which is done once.
            if (answer is not (null or ResidentAnswer.TryAgain) || attempt == Attempts)
                throw new InvalidOperationException($"{command.Name()} was answered with {answer?.GetType().Name ?? "nothing"}.");
            await Task.Delay(Pause);
        }
    }

    /// <returns>Null when no answer came in time.</returns>
    private async Task<ResidentAnswer?> AskAsync(ResidentId resident, CommandEnvelope envelope, Actor by)
    {
        try
        {
            return await silo.Grains.GetGrain<IResidentGrain>(resident.Value).Handle(new ResidentMessage.Submit(envelope, by));
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static Octets Proof(CommandId application)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(RequestCertificate.ProofSubject(application, CertificateKind.UserAuthentication));
        return Octets.From(new CertificateRequest(subject.Build(), Key.Value!, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest());
    }

    private static RSAParameters NewKey()
    {
        using var key = RSA.Create(2048);
        return key.ExportParameters(includePrivateParameters: true);
    }
}
