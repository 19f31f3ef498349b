using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;
using static Jpki.Domain.Tests.Residents.Scene;

namespace Jpki.Domain.Tests.Residents;

/// <summary>前史: how a resident came to where a specification begins. Told in commands, so that only what can happen is given.</summary>
internal static class Stories
{
    public const CertificateKind Signature = CertificateKind.Signature;
    public const CertificateKind Authentication = CertificateKind.UserAuthentication;

    /// <summary>Last day of what is issued to Hanako at the hand-over: her fifth birthday after it.</summary>
    public static readonly DateOnly HandOverEnds = People.Day("2028-10-05");

    /// <summary>The command that handed the card over, which is the application for its certificates.</summary>
    public static readonly CommandId HandOver = Id(10);

    public static readonly CommandId Earlier = Id(20);

    public static Scene Registered(FourAttributes? person = null) =>
        Given(new ResidentRegistered(person ?? People.Hanako, People.Day("2020-04-01"))).At("2024-07-01T10:00+09:00");

    /// <summary>The card was handed over on 2024-07-01; what was not opted out of is applied for and not written yet.</summary>
    public static Scene CardHandedOver(FourAttributes? person = null, params CertificateKind[] optedOut) =>
        Registered(person).Done(
            new HandOverCard(Cards.WithoutPin, optedOut, People.WhoComesFor(person ?? People.Hanako, Registered(person).Instant)), HandOver);

    /// <summary>Hanako with her card: certificate 1 is for user authentication, certificate 2 for signatures, each if not opted out of.</summary>
    public static Scene Holder(params CertificateKind[] optedOut) =>
        CardHandedOver(People.Hanako, optedOut).PutOnCard().At("2026-06-01T09:00+09:00");

    /// <summary>Everything applied for is ordered, signed and confirmed, in the order of the application.</summary>
    public static Scene PutOnCard(this Scene scene)
    {
        while (scene.Registered().Application is Application.Open open)
        {
            var n = scene.Registered().Certificates.Count + 1;
            scene = scene.Issued(open.Remaining[0].Kind).Done(Confirm(n));
        }

        return scene;
    }

    /// <summary>The next certificate is ordered for a new key under the open application; not signed yet.</summary>
    public static Scene Ordered(this Scene scene, CertificateKind kind)
    {
        var open = (Application.Open)scene.Registered().Application;
        return scene.Done(Order(scene.Registered().Certificates.Count + 1, kind, open.Id, scene.Registered().Attributes));
    }

    /// <summary>The next certificate is ordered and signed; not written yet.</summary>
    public static Scene Issued(this Scene scene, CertificateKind kind) =>
        scene.Ordered(kind).Done(People.BackOffice, Record(scene.Registered().Certificates.Count + 1));

    /// <summary>The next certificate is ordered and fails its check.</summary>
    public static Scene Refused(this Scene scene, CertificateKind kind) =>
        scene.Ordered(kind).Done(People.BackOffice, Refuse(scene.Registered().Certificates.Count + 1));

    public static Scene Applied(this Scene scene, params CertificateKind[] kinds) =>
        scene.Done(new ApplyForCertificates(Cards.InReader, kinds, People.ByCard), Earlier);

    public static Scene Moved(this Scene scene) =>
        scene.Done(People.Registry, new ChangeAttributes(People.HanakoMoved, Jst.DayOf(scene.Instant)));

    public static Scene FaceUpdated(this Scene scene) => scene.Done(new RecordCardFaceUpdate(Cards.InReader, ((Resident.Registered)scene.State).Attributes));

    public static Scene Lost(this Scene scene) => scene.Done(People.CallCentre, new SuspendCertificates());

    public static Scene Found(this Scene scene) => scene.Done(new ReleaseCertificates(Cards.InReader, People.ByCard));

    /// <summary>The command that opened the agent case of these stories.</summary>
    public static readonly CommandId Case = Id(40);

    /// <summary>How an agent with the case of these stories is identified.</summary>
    public static readonly IdentityCheck ByAgent = People.ByLicence with { Applicant = new Applicant.AppointedAgent(Case) };

    public static Scene AgentAsked(this Scene scene, AgentErrand errand) => scene.Done(new OpenAgentCase(errand, IdentityDocument.DrivingLicence), Case);

    public static Scene LetterSent(this Scene scene) => scene.Done(new SendInquiryLetter(Case));

    public static Scene Answered(this Scene scene) => scene.Done(SealedReply);

    public static AcceptSealedReply SealedReply { get; } = new(Case, ConsentSigned: true, SealUnbroken: true, IdentityDocument.DrivingLicence);

    /// <summary>Removed from the registry as of the day of the scene.</summary>
    public static Scene Gone(this Scene scene, RemovalCause cause) =>
        scene.Done(People.Registry, new RemoveResident(cause, Jst.DayOf(scene.Instant)));

    /// <summary>By the national rules, a departure with continued use is announced.</summary>
    public static Scene Departing(this Scene scene, string departsOn) =>
        scene.Under(RuleSet.National2026).Done(People.Registry, Depart(departsOn));

    public static Scene BecomesWard(this Scene scene) =>
        scene.Done(People.Registry, new RecordWardStatus(WardChange.Started, Jst.DayOf(scene.Instant)));

    public static Scene CardGone(this Scene scene, CardEndCause cause) =>
        scene.Done(cause == CardEndCause.Expired ? People.BackOffice : People.Clerk, new EndCard(cause));

    public static RemoveResident Depart(string departsOn) => new(RemovalCause.MovedOverseas, People.Day(departsOn), ContinuedUse: true);

    public static Resident.Registered Registered(this Scene scene) => (Resident.Registered)scene.State;

    public static Certificate Certificate(this Scene scene, int n) => scene.Registered().WithSerial(Serial(n))!;

    public static ApplyForCertificates Apply(params CertificateKind[] kinds) => new(Cards.InReader, kinds, People.ByCard);

    public static OrderCertificate Order(int n, CertificateKind kind, CommandId application, FourAttributes? holder = null) => new(
        application, kind, Key(n), Serial(n), CommonName(n), AuthorityKey, kind == Signature ? Certified(holder ?? People.Hanako) : null);

    public static RecordCertificate Record(int n) => new(Serial(n), Der(n), Sha256(n));

    public static RefuseCertificate Refuse(int n) => new(Serial(n), ["subject-common-name"]);

    public static ConfirmCertificate Confirm(int n) => new(Serial(n), Cards.Own, Sha256(n));

    public static string CommonName(int n) => $"2026060109000000{n:d3}132070001";

    public const string AuthorityKey = "a1b2c3d4";

    public static CertifiedHolder Certified(FourAttributes person) => new(
        person.Name, new string('0', person.Name.Length), person.Address, new string('0', person.Address.Length), person.BirthDate, person.Sex);
}
