using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Api;

/// <summary>One well-formed command of each name, whether or not it fits anybody's state.</summary>
internal static class Samples
{
    private static readonly IdentityCheck _licence = new(IdentityDocument.DrivingLicence);
    private static readonly CommandId _some = CommandId.Parse("0b5f4b7e-6f0c-4f0e-9d5c-2c1f7d1a0001");

    public static string Of(string name, Person person) => Json(Commands(person).Single(each => each.Name() == name));

    public static string Json(ResidentCommand command) => JsonSerializer.Serialize(command, Contract.Options);

    public static PresentedCard Presented(Person person) => new(person.Card, Person.Municipality, Person.CardExpiresOn, [PinKind.BasicRegister]);

    public static IReadOnlyList<ResidentCommand> Commands(Person person) =>
    [
        new RegisterResident(person.Attributes, new DateOnly(2020, 4, 1)),
        new ChangeAttributes(person.Moved, new DateOnly(2026, 5, 30)),
        new HandOverCard(Presented(person), [], _licence),
        new ApplyForCertificates(Presented(person), [CertificateKind.UserAuthentication], _licence),
        new RequestCertificate(_some, CertificateKind.Signature, Octets.From([0x30, 0x00])),
        new ConfirmCertificate(SerialNumber.Parse("7f"), person.Card, new string('a', 64)),
        new AbandonApplication(_some),
        new RecordCardFaceUpdate(Presented(person), person.Attributes),
        new SuspendCertificates(),
        new ReleaseCertificates(Presented(person), _licence),
        new RevokeCertificates([CertificateKind.Signature], RevocationCause.HolderApplication, _licence),
        new ApprovePinReset(Presented(person), [PinKind.UserAuthentication], _licence),
        new ConfirmPinReset(_some, person.Card),
        new CorrectAttributes(person.Moved, new DateOnly(2026, 5, 30)),
        new RecordWardStatus(WardChange.Started, new DateOnly(2026, 5, 30)),
        new RecordLegacyCertificate(SerialNumber.Parse("7e"), new DateOnly(2014, 5, 30)),
        new ConfirmProposal(_some),
        new OpenAgentCase(new AgentErrand.Release(), IdentityDocument.DrivingLicence),
        new ExpireApplication(),
        new EndCard(CardEndCause.Returned),
        new RemoveResident(RemovalCause.MovedOut, new DateOnly(2026, 5, 30)),
    ];
}
