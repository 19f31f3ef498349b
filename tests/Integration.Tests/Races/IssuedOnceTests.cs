using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Api;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Races;

/// <summary>一度だけの発行: an order yields one certificate, whoever asks for it, wherever, at the same moment (B4).</summary>
public sealed class IssuedOnceTests(TwoSilos silos) : IClassFixture<TwoSilos>
{
    private const int Rounds = 24;

    private static readonly RSA[] _keys = [RSA.Create(2048), RSA.Create(2048)];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <param name="warm">Both have the resident in memory as she was before; otherwise one of them loads her while the other writes.</param>
    [Theory]
    [Trait("Rule", "B4")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_request_at_two_back_offices_at_once_is_one_certificate_and_both_hand_out_its_octets(bool warm)
    {
        var before = silos.Collisions;
        for (var round = 0; round < Rounds; round++)
        {
            var (person, application) = await ApplyAsync(warm);
            var kind = (CertificateKind)(round % 2);
            var body = Request(Guid.CreateVersion7(), application, kind, _keys[0]);

            var answers = await RaceAsync(person, body, body);

            var issued = await TheOneIssuedAsync(person);
            Assert.All(answers, answer => Assert.Equal(issued, IssuedIn(answer)));
            Assert.Equal(answers[0].Body, answers[1].Body);
            await AssertAnsweredAgainAsync(person, body, issued);
        }

        Assert.True(!warm || silos.Collisions - before >= Rounds, $"{silos.Collisions - before} collisions: the back offices did not race.");
    }

    [Theory]
    [Trait("Rule", "B4")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_same_key_under_two_command_ids_is_one_certificate_and_one_refusal(bool warm)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (person, application) = await ApplyAsync(warm);
            var kind = (CertificateKind)(round % 2);

            var answers = await RaceAsync(
                person,
                Request(Guid.CreateVersion7(), application, kind, _keys[0]),
                Request(Guid.CreateVersion7(), application, kind, _keys[0]));

            var issued = await TheOneIssuedAsync(person);
            Assert.Equal(issued, IssuedIn(Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK)));
            Assert.Single(answers, answer => answer.Status != HttpStatusCode.OK).AssertProblem(HttpStatusCode.Conflict, "AlreadyOrdered");
        }
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task Two_keys_at_once_are_two_orders_with_a_certificate_each_and_the_later_ends_the_earlier()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (person, application) = await ApplyAsync(warm: true);
            var kind = (CertificateKind)(round % 2);

            var answers = await RaceAsync(
                person,
                Request(Guid.CreateVersion7(), application, kind, _keys[0]),
                Request(Guid.CreateVersion7(), application, kind, _keys[1]));

            var events = await HistoryAsync(person);
            var ordered = events.OfType<CertificateOrdered>().Select(each => each.Order.Serial).ToArray();
            Assert.Equal(2, ordered.Length);
            Assert.Equal(ordered, events.OfType<CertificateIssued>().Select(each => each.Serial));
            var ended = Assert.Single(events.OfType<CertificateRevoked>());
            Assert.Equal((ordered[0], RevocationCause.NeverConfirmed), (ended.Serial, ended.Cause));
            Assert.Equal(events.OfType<CertificateIssued>().Order(BySerial), answers.Select(IssuedIn).Order(BySerial));
        }
    }

    private static Comparer<CertificateIssued> BySerial { get; } =
        Comparer<CertificateIssued>.Create((one, other) => string.CompareOrdinal(one.Serial.Value, other.Serial.Value));

    /// <summary>A new resident whose card was handed over, both certificates applied for.</summary>
    private async Task<(Person Person, CommandId Application)> ApplyAsync(bool warm)
    {
        var person = await silos.Hall.RegisterAsync();
        var events = await silos.Hall.DoAsync("clerk", person.Id, new HandOverCard(Samples.Presented(person), [], new IdentityCheck(IdentityDocument.DrivingLicence)));
        if (warm)
            Assert.Equal(HttpStatusCode.OK, (await silos.Clerks[1].LookAtAsync($"residents/{person.Id}")).Status);
        return (person, events.OfType<CertificatesApplied>().Single().Application);
    }

    private static string Request(Guid id, CommandId application, CertificateKind kind, RSA key)
    {
        var subject = $"CN={RequestCertificate.ProofSubject(application, kind)}";
        var proof = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequest();
        return ApiLine.Envelope(id, Samples.Json(new RequestCertificate(application, kind, Octets.From(proof))));
    }

    /// <summary>Sends one to each back office at the same moment, and again to whom could not say what became of it.</summary>
    private async Task<ApiAnswer[]> RaceAsync(Person person, string first, string second)
    {
        var answers = await Task.WhenAll(silos.Clerks[0].SubmitAsync(person.Id, first), silos.Clerks[1].SubmitAsync(person.Id, second));
        answers[0] = await KnownAsync(silos.Clerks[0], person, first, answers[0]);
        answers[1] = await KnownAsync(silos.Clerks[1], person, second, answers[1]);
        return answers;
    }

    private static async Task<ApiAnswer> KnownAsync(HttpClient line, Person person, string body, ApiAnswer answer)
    {
        await Eventually.TrueAsync("an answer that knows", async () =>
        {
            if (answer.Code != "OutcomeUnknown")
                return true;
            answer = await line.SubmitAsync(person.Id, body);
            return false;
        });
        return answer;
    }

    /// <summary>Asked again later, by command and by serial number, both say the same.</summary>
    private async Task AssertAnsweredAgainAsync(Person person, string body, CertificateIssued issued)
    {
        foreach (var clerk in silos.Clerks)
        {
            Assert.Equal(issued, IssuedIn(await clerk.SubmitAsync(person.Id, body)));
            Assert.Equal(issued.Certificate.ToArray(), await clerk.GetByteArrayAsync($"residents/{person.Id}/certificates/{issued.Serial}", Now));
        }
    }

    private async Task<CertificateIssued> TheOneIssuedAsync(Person person)
    {
        var events = await HistoryAsync(person);
        var order = Assert.Single(events.OfType<CertificateOrdered>()).Order;
        var issued = Assert.Single(events.OfType<CertificateIssued>());
        Assert.Equal(order.Serial, issued.Serial);
        return issued;
    }

    private async Task<IReadOnlyList<ResidentEvent>> HistoryAsync(Person person) =>
        [.. (await LedgerPage.ReadAsync(silos.Hall, person)).Events];

    private static CertificateIssued IssuedIn(ApiAnswer answer)
    {
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body);
        return JsonSerializer.Deserialize<CommandAnswer>(answer.Body, Contract.Options)!.Events
            .Select(each => each.Event).OfType<CertificateIssued>().Single();
    }
}
