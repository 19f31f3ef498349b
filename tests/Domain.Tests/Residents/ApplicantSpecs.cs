using System.Text.Json;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using static Jpki.Domain.Tests.Residents.Scene;
using static Jpki.Domain.Tests.Residents.Stories;

namespace Jpki.Domain.Tests.Residents;

/// <summary>来庁者: the holder or who represents them by law, and the copies of their documents.</summary>
public sealed class ApplicantSpecs
{
    private static readonly Scene _taro = CardHandedOver(People.Taro).PutOnCard().At("2026-06-01T09:00+09:00");
    private static readonly IdentityCheck _withImages = People.ByLicence with { Images = Samples.Images };

    private static readonly ResidentCommand[] _procedures =
    [
        Apply(Authentication),
        new ApprovePinReset(Cards.WithCardPin, [PinKind.UserAuthentication], People.ByLicence),
        new ReleaseCertificates(Cards.InReader, People.ByLicence),
        new HandOverCard(Cards.WithoutPin, [], People.ByLicence),
        new RevokeCertificates([Authentication], RevocationCause.HolderApplication, People.ByLicence),
    ];

    public static TheoryData<int> Procedures => [.. Enumerable.Range(0, _procedures.Length)];

    [Theory]
    [MemberData(nameof(Procedures))]
    [Trait("Rule", "S22")]
    [Trait("Rule", "S24")]
    public void Under_fifteen_neither_the_holder_nor_an_agent_acts(int procedure)
    {
        _taro.When(By(People.ByLicence, _procedures[procedure])).ThenRefused("RepresentativeNeeded");
        _taro.When(By(ByAgent, _procedures[procedure])).ThenRefused("RepresentativeNeeded");
    }

    [Theory]
    [MemberData(nameof(Procedures))]
    [Trait("Rule", "S22")]
    public void From_fifteen_on_nobody_is_represented(int procedure) =>
        Holder().When(By(People.ByParent, _procedures[procedure])).ThenRefused("NotRepresented");

    [Theory]
    [InlineData(AuthorityProof.FamilyRegister)]
    [InlineData(AuthorityProof.ResidentRegister)]
    [Trait("Rule", "S22")]
    public void A_parent_acts_for_a_child_and_the_record_says_with_what_proof(AuthorityProof proof)
    {
        var parent = People.ByLicence with { Applicant = new Applicant.LegalRepresentative(proof) };

        _taro.When(new RevokeCertificates([Authentication], RevocationCause.HolderApplication, parent))
            .Then(new CertificateRevoked(Serial(1), Authentication, RevocationCause.HolderApplication, parent));
    }

    [Fact]
    [Trait("Rule", "S22")]
    public void A_child_appoints_nobody() =>
        _taro.When(new OpenAgentCase(new AgentErrand.Issue([Authentication]), IdentityDocument.Passport)).ThenRefused("RepresentativeNeeded");

    [Theory]
    [MemberData(nameof(Procedures))]
    [Trait("Rule", "S26")]
    public void Where_images_are_kept_none_is_forgotten(int procedure)
    {
        var strict = Holder() with { Municipality = Town.Akishima with { RequireDocumentImages = true } };

        strict.When(By(People.ByLicence, _procedures[procedure])).ThenRefused("DocumentImagesNeeded");
    }

    [Fact]
    [Trait("Rule", "S26")]
    public void An_agents_documents_are_kept_too()
    {
        var strict = Holder() with { Municipality = Town.Akishima with { RequireDocumentImages = true } };
        var errand = new AgentErrand.Issue([Signature]);

        strict.When(new OpenAgentCase(errand, IdentityDocument.Passport)).ThenRefused("DocumentImagesNeeded");
        var sent = strict.Done(new OpenAgentCase(errand, IdentityDocument.Passport, Samples.Images), Case).LetterSent();
        sent.When(SealedReply).ThenRefused("DocumentImagesNeeded");
        sent.When(SealedReply with { Images = Samples.Images })
            .Then(new SealedReplyAccepted(Case, IdentityDocument.DrivingLicence, Samples.Images));
    }

    [Fact]
    [Trait("Rule", "S26")]
    public void The_images_stand_in_the_record()
    {
        var approved = Holder() with { Municipality = Town.Akishima with { RequireDocumentImages = true } };

        approved.When(new ApprovePinReset(Cards.WithCardPin, [PinKind.Signature], _withImages))
            .Then(new PinResetApproved(This, Cards.Own, [PinKind.Signature], _withImages));
    }

    [Fact]
    [Trait("Rule", "S26")]
    public void The_number_card_itself_is_never_copied_and_needs_no_copy()
    {
        var strict = Holder() with { Municipality = Town.Akishima with { RequireDocumentImages = true } };

        strict.Done(Apply(Signature));
        strict.When(Apply(Signature) with { Identified = People.ByCard with { Images = Samples.Images } }).ThenRefused("NumberCardNotCopied");
        Holder().When(new OpenAgentCase(new AgentErrand.Release(), IdentityDocument.MyNumberCard, Samples.Images)).ThenRefused("NumberCardNotCopied");
    }

    [Theory]
    [InlineData("FFD8FFE000104A464946", "image/jpeg")]
    [InlineData("89504E470D0A1A0A0000", "image/png")]
    [InlineData("255044462D312E37", "application/pdf")]
    [InlineData("FFD8", null)]
    [InlineData("89504E470A1A0A", null)]
    [InlineData("3C68746D6C3E", null)]
    [InlineData("", null)]
    [Trait("Rule", "S26")]
    public void An_image_is_what_its_first_octets_say(string hex, string? mediaType)
    {
        var evidence = Evidence.Of(Convert.FromHexString(hex));

        Assert.Equal(mediaType, evidence?.MediaType);
        Assert.Equal(mediaType is null ? null : hex.Length / 2, evidence?.Bytes);
    }

    [Fact]
    [Trait("Rule", "S26")]
    public void An_image_has_five_mebibytes_at_most()
    {
        var content = new byte[Evidence.MostBytes + 1];
        content[0] = content[2] = 0xFF;
        content[1] = 0xD8;

        Assert.Null(Evidence.Of(content));
        Assert.Equal(Evidence.MostBytes, Evidence.Of(content.AsSpan(0, Evidence.MostBytes))?.Bytes);
    }

    [Fact]
    [Trait("Rule", "S26")]
    public void Every_command_that_identifies_somebody_names_its_images() => Assert.All(
        Samples.Commands.Where(each => each.GetType().GetProperties().Any(of => of.PropertyType == typeof(IdentityCheck) || of.PropertyType == typeof(DocumentImages))),
        each => Assert.IsType<IDocumented>(each, exactMatch: false));

    [Theory]
    [InlineData("""{"document":"passport"}""")]
    [InlineData("""{"document":"passport","applicant":{"type":"legal-representative","proof":"guardianshipCertificate"}}""")]
    [InlineData("""{"document":"passport","applicant":{"type":"appointed-agent","case":"00000028-0000-0000-0000-000000000001"}}""")]
    [Trait("Rule", "B1")]
    public void What_was_stored_before_others_could_come_is_read_and_written_as_it_was(string json)
    {
        var read = JsonSerializer.Deserialize<IdentityCheck>(json, Contract.Options)!;

        Assert.Equal(json.Contains("applicant", StringComparison.Ordinal), read.Applicant is not Applicant.Holder);
        Assert.Equal(json, JsonSerializer.Serialize(read, Contract.Options));
    }

    [Theory]
    [InlineData("""{"document":"passport","applicant":{"type":"neighbour"}}""")]
    [InlineData("""{"document":"passport","applicant":null}""")]
    [InlineData("""{"document":"passport","applicant":{"type":"appointed-agent"}}""")]
    [InlineData("""{"document":"passport","images":{"front":null,"back":null}}""")]
    public void A_stranger_is_no_applicant(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<IdentityCheck>(json, Contract.Options));

    private static ResidentCommand By(IdentityCheck identified, ResidentCommand command) => command switch
    {
        ApplyForCertificates x => x with { Identified = identified },
        ApprovePinReset x => x with { Identified = identified },
        ReleaseCertificates x => x with { Identified = identified },
        HandOverCard x => x with { Identified = identified },
        RevokeCertificates x => x with { Identified = identified },
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };
}
