using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Agents;

/// <summary>代理人 and 本人確認書類の写し over the API: from the first visit to the card handed to the agent.</summary>
public sealed class AgentApiTests(TownHallFixture fixture)
{
    private readonly TownHall _hall = fixture.Hall;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "S22")]
    [Trait("Rule", "S26")]
    public async Task An_agent_receives_a_card_after_the_holder_answered_by_letter()
    {
        var person = await _hall.RegisterAsync();
        var images = new DocumentImages(await StoredAsync(Jpeg(1)), await StoredAsync("%PDF-1.7 back of a licence"u8.ToArray()));

        var opened = Assert.IsType<AgentCaseOpened>(Assert.Single(
            await _hall.DoAsync("clerk", person.Id, new OpenAgentCase(new AgentErrand.ReceiveCard(), IdentityDocument.DrivingLicence, images))));
        await _hall.DoAsync("clerk", person.Id, new SendInquiryLetter(opened.Case));
        await _hall.DoAsync("clerk", person.Id, new AcceptSealedReply(opened.Case, true, true, IdentityDocument.DrivingLicence, images));
        var agent = new IdentityCheck(IdentityDocument.DrivingLicence, images) { Applicant = new Applicant.AppointedAgent(opened.Case) };
        var handOver = new HandOverCard(new PresentedCard(person.Card, Person.Municipality, Person.CardExpiresOn, []), [], agent);
        var events = await _hall.DoAsync("clerk", person.Id, handOver);

        Assert.Equal(agent, events.OfType<CertificatesApplied>().Single().Identified);
        Assert.Equal(new AgentCaseEnded(opened.Case, AgentCaseEnd.UsedUp), events[^1]);
        Assert.Null((await LookAsync(person.Id)).AgentCase);
        Assert.Equal("NoSuchAgentCase", await RefusedAsync(person.Id, new RevokeCertificates([], RevocationCause.HolderApplication, agent)));
    }

    [Fact]
    [Trait("Rule", "S22")]
    public async Task The_inquiry_letter_bears_name_address_errand_and_day_and_ends_with_the_case()
    {
        var person = await _hall.RegisterAsync();
        var opened = (AgentCaseOpened)(await _hall.DoAsync(
            "clerk", person.Id, new OpenAgentCase(new AgentErrand.Issue([CertificateKind.Signature]), IdentityDocument.Passport)))[0];
        var path = $"residents/{person.Id}/agent-cases/{opened.Case}/letter";

        var letter = await _hall.Line("clerk").GetStringAsync(path, Now);

        Assert.All(
            [person.Attributes.Name, person.Attributes.Address, "署名用", "昭島市", $"{opened.DueOn:yyyy年M月d日}まで", opened.Case.ToString(), "暗証番号届"],
            each => Assert.Contains(each, letter, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, (await _hall.Line("call-centre").GetAsync(path, Now)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _hall.Line("clerk", "132020001").GetAsync(path, Now)).StatusCode);

        await _hall.DoAsync("clerk", person.Id, new CloseAgentCase(opened.Case));
        Assert.Equal(HttpStatusCode.Conflict, (await _hall.Line("clerk").GetAsync(path, Now)).StatusCode);
    }

    [Fact]
    [Trait("Rule", "S26")]
    public async Task A_command_that_names_an_image_not_stored_does_nothing()
    {
        var person = await _hall.RegisterAsync();
        var stored = await StoredAsync(Jpeg(2));
        var command = new OpenAgentCase(new AgentErrand.ReceiveCard(), IdentityDocument.Passport, new DocumentImages(stored, Evidence.Of(Jpeg(3))!));

        Assert.Equal("EvidenceNotStored", await RefusedAsync(person.Id, command));
        Assert.Equal("EvidenceNotStored", await RefusedAsync(person.Id, command with { Images = new(stored, stored with { Bytes = 1 }) }));
        await StoredAsync(Jpeg(3));
        await _hall.DoAsync("clerk", person.Id, command);
    }

    [Fact]
    [Trait("Rule", "S26")]
    public async Task An_image_is_stored_by_the_counter_and_seen_by_supervisors_and_auditors()
    {
        var content = Jpeg(4, Evidence.MostBytes);
        var evidence = await StoredAsync(content);
        Assert.Equal(evidence, await StoredAsync(content));

        foreach (var role in new[] { "supervisor", "auditor" })
        {
            using var seen = await _hall.Line(role).GetAsync($"evidence/{evidence.Sha256}", Now);
            Assert.Equal("image/jpeg", seen.Content.Headers.ContentType?.MediaType);
            Assert.Equal(evidence.Sha256, Hash(await seen.Content.ReadAsByteArrayAsync(Now)));
        }

        foreach (var role in new[] { "clerk", "call-centre", "registry", "statistics", "administrator" })
            Assert.Equal(HttpStatusCode.Forbidden, (await _hall.Line(role).GetAsync($"evidence/{evidence.Sha256}", Now)).StatusCode);
        foreach (var role in new[] { "auditor", "call-centre", "registry", "statistics", "administrator" })
            Assert.Equal(HttpStatusCode.Forbidden, (await PutAsync(role, evidence.Sha256, content)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _hall.Line("supervisor", "132020001").GetAsync($"evidence/{evidence.Sha256}", Now)).StatusCode);
    }

    [Theory]
    [InlineData("hash", HttpStatusCode.BadRequest, "HashDiffers")]
    [InlineData("html", HttpStatusCode.UnprocessableEntity, "NotAnImage")]
    [InlineData("one octet too long", HttpStatusCode.UnprocessableEntity, "NotAnImage")]
    [InlineData("far too long", HttpStatusCode.UnprocessableEntity, "NotAnImage")]
    [Trait("Rule", "S26")]
    public async Task What_is_not_what_it_is_said_to_be_is_not_stored(string what, HttpStatusCode status, string code)
    {
        var content = what switch
        {
            "html" => "<html><script>"u8.ToArray(),
            "one octet too long" => Jpeg(5, Evidence.MostBytes + 1),
            "far too long" => Jpeg(5, 2 * Evidence.MostBytes),
            _ => Jpeg(5),
        };
        var hash = what == "hash" ? Hash(Jpeg(6)) : Hash(content);

        Assert.Equal((status, code), await PutAsync("clerk", hash, content));
        Assert.Equal(HttpStatusCode.NotFound, (await _hall.Line("auditor").GetAsync($"evidence/{hash}", Now)).StatusCode);
    }

    [Fact]
    [Trait("Rule", "S22")]
    public async Task No_token_lets_a_case_expire()
    {
        var person = await _hall.RegisterAsync();
        var opened = (AgentCaseOpened)(await _hall.DoAsync("clerk", person.Id, new OpenAgentCase(new AgentErrand.ReceiveCard(), IdentityDocument.Passport)))[0];

        Assert.Equal("RoleMayNot", await RefusedAsync(person.Id, new ExpireAgentCase(opened.Case)));
        Assert.Equal(opened.DueOn, (await LookAsync(person.Id)).AgentCase?.DueOn);
    }

    private async Task<Evidence> StoredAsync(byte[] content) =>
        (await _hall.Clerk.StoreEvidenceAsync(content, Now)).Try(out var evidence, out var stop) ? evidence : throw new Xunit.Sdk.XunitException(stop.Code);

    private async Task<(HttpStatusCode Status, string? Code)> PutAsync(string role, string sha256, byte[] content)
    {
        // Who is refused by the length alone is told before the octets are sent.
        using var request = new HttpRequestMessage(HttpMethod.Put, $"evidence/{sha256}")
        {
            Headers = { ExpectContinue = true },
            Content = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } },
        };
        using var answer = await _hall.Line(role).SendAsync(request, Now);
        return (answer.StatusCode, (await answer.Content.ReadFromJsonAsync<JsonObject>(Now))?["code"]?.GetValue<string>());
    }

    private async Task<string> RefusedAsync(ResidentId resident, ResidentCommand command) =>
        (await _hall.Clerk.SubmitAsync(resident, new CommandId(Guid.CreateVersion7()), command, Now)).Try(out _, out var stop) ? "accepted" : stop.Code;

    private async Task<ResidentView> LookAsync(ResidentId resident) =>
        (await _hall.Clerk.LookAsync(resident, Now)).Try(out var view, out var stop) ? view : throw new Xunit.Sdk.XunitException(stop.Code);

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Something that begins like a JPEG and is like no other.</summary>
    private static byte[] Jpeg(byte number, int length = 1000)
    {
        var content = new byte[length];
        ReadOnlySpan<byte> head = [0xFF, 0xD8, 0xFF, 0xE0, number];
        head.CopyTo(content);
        return content;
    }
}
