using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Jpki.Benchmarks.Harness;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Benchmarks.Stages;

/// <summary>Invented residents of the silo, and what registry, clerks and the call centre do to them through the API.</summary>
internal sealed class Town(BenchSilo silo) : IDisposable
{
    /// <summary>As many calls at once as a measure ever makes.</summary>
    public const int Connections = 256;

    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly MunicipalityCode Municipality = MunicipalityCode.Parse(BenchSilo.CityHall[..5]);
    private static readonly DateOnly CardExpiresOn = new(2036, 9, 23);
    private static readonly IdentityCheck Licence = new(IdentityDocument.DrivingLicence);
    private static readonly FourAttributes Attributes = new("昭島 くじら子", "東京都昭島市田中町1-17-1", new DateOnly(1990, 9, 23), Sex.Female);

    private readonly Dictionary<string, HttpClient> _lines =
        new[] { "registry", "clerk", "call-centre", "administrator" }.ToDictionary(role => role, role => silo.Line(role, Connections));

    // The back office compares keys within one resident only; making a pair takes 100 ms.
    private readonly RSA _cardKey = RSA.Create(2048);
    private int _residents;

    /// <summary>A resident nobody has heard of.</summary>
    public ResidentId NewResident() =>
        ResidentId.Parse(string.Create(CultureInfo.InvariantCulture, $"{Municipality}-{Interlocked.Increment(ref _residents):D8}"));

    public Task RegisterAsync(ResidentId resident, CancellationToken cancellation) =>
        SubmitAsync("registry", resident, new RegisterResident(Attributes, new DateOnly(2020, 4, 1)), cancellation);

    /// <summary>Hands over a card and applies with it; what is left to do is the certification request.</summary>
    /// <returns>The command that has the certificate issued.</returns>
    public async Task<RequestCertificate> ApplyAsync(ResidentId resident, CancellationToken cancellation)
    {
        await RegisterAsync(resident, cancellation);
        var card = CardSerial.Parse("990000" + resident.Value[^8..].PadLeft(9, '0'));
        var handOver = new HandOverCard(new(card, Municipality, CardExpiresOn, []), [CertificateKind.Signature], Licence);
        var application = new CommandId(Guid.CreateVersion7());
        await SubmitAsync("clerk", resident, handOver, cancellation, application);
        return new(application, CertificateKind.UserAuthentication, Proof(application));
    }

    /// <returns>The certificate's serial number.</returns>
    public async Task<SerialNumber> IssueAsync(ResidentId resident, RequestCertificate request, CancellationToken cancellation)
    {
        var answer = await SubmitAsync("clerk", resident, request, cancellation);
        return answer.Events.Select(each => each.Event).OfType<CertificateIssued>().Single().Serial;
    }

    /// <summary>A resident of whom nobody had heard, with one certificate.</summary>
    public async Task<(ResidentId Resident, SerialNumber Serial)> NewCertificateAsync(CancellationToken cancellation)
    {
        var resident = NewResident();
        return (resident, await IssueAsync(resident, await ApplyAsync(resident, cancellation), cancellation));
    }

    public Task SuspendAsync(ResidentId resident, CancellationToken cancellation) =>
        SubmitAsync("call-centre", resident, new SuspendCertificates(), cancellation);

    /// <summary>Has full revocation lists of every key published, out of turn.</summary>
    /// <exception cref="NotAvailableException">This silo publishes none.</exception>
    public async Task PublishListsAsync(CancellationToken cancellation)
    {
        using var answer = await _lines["administrator"].PostAsync(
            new Uri("jobs/revocation-lists/publish", UriKind.Relative), content: null, cancellation);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            throw new NotAvailableException("This silo publishes no revocation lists.");
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose()
    {
        foreach (var line in _lines.Values)
            line.Dispose();
        _cardKey.Dispose();
    }

    private Octets Proof(CommandId application)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(RequestCertificate.ProofSubject(application, CertificateKind.UserAuthentication));
        lock (_cardKey)
        {
            return Octets.From(new CertificateRequest(subject.Build(), _cardKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest());
        }
    }

    private async Task<CommandAnswer> SubmitAsync(
        string role, ResidentId resident, ResidentCommand command, CancellationToken cancellation, CommandId? id = null)
    {
        var envelope = JsonSerializer.SerializeToUtf8Bytes(
            new CommandEnvelope(id ?? new CommandId(Guid.CreateVersion7()), command), Contract.Options);
        for (var attempt = 1; ; attempt++)
        {
            using var content = new ByteArrayContent(envelope);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await _lines[role].PostAsync(new Uri($"residents/{resident}/commands", UriKind.Relative), content, cancellation);
            if (answer.IsSuccessStatusCode)
                return (await answer.Content.ReadFromJsonAsync<CommandAnswer>(Contract.Options, cancellation))!;
            // As any client of the API does: the same command id again, which is done once.
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == Attempts)
                throw new InvalidOperationException($"{command.Name()} was answered with {(int)answer.StatusCode}.");
            await Task.Delay(Pause, cancellation);
        }
    }
}
