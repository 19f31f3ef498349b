using CsCheck;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Tests.Residents;

/// <summary>人生: a resident's random life, as steps that are told what to try and not whether it may be.</summary>
internal sealed record Life(FourAttributes Person, RuleSet Rules, CertificateKind[] OptedOut, DateOnly CardEnds, Step[] Steps)
{
    private static readonly Gen<CertificateKind[]> Kinds = Gen.OneOf<CertificateKind[]>(
        [CertificateKind.Signature], [CertificateKind.UserAuthentication], [CertificateKind.UserAuthentication, CertificateKind.Signature]);

    private static readonly Gen<Step> OneStep =
        from act in Gen.Frequency(
            (8, Act.Apply), (5, Act.Order), (5, Act.Sign), (1, Act.Refuse), (5, Act.Confirm), (1, Act.ConfirmOtherwise), (1, Act.Abandon), (2, Act.Move),
            (3, Act.UpdateFace), (2, Act.Lose), (3, Act.Find), (1, Act.Revoke), (1, Act.ForgetPin), (1, Act.SetPin), (2, Act.HandOver),
            (1, Act.EndCard), (1, Act.Remove), (2, Act.Return), (1, Act.CorrectRemoval), (1, Act.Depart), (1, Act.LearnLate), (1, Act.Correct),
            (2, Act.Ward), (1, Act.Expire), (1, Act.ImportLegacy),
            (2, Act.AskAgent), (2, Act.SendLetter), (2, Act.BringReply), (1, Act.CloseCase), (1, Act.ExpireCase),
            (3, Act.Propose), (5, Act.Agree), (1, Act.Withdraw), (1, Act.Lapse))
        from kinds in Kinds
        from pick in Gen.Int[0, 5]
        from days in Gen.Frequency((14, Gen.Const(0)), (4, Gen.Int[1, 120]), (1, Gen.Int[121, 1000]))
        from open in Gen.Frequency((9, true), (1, false))
        select new Step(act, kinds, pick, days, open);

    /// <summary>An agent case up to the reply.</summary>
    private static readonly Gen<Step[]> OneAgentCase =
        from kinds in Kinds
        from pick in Gen.Int[0, 5]
        from days in Gen.Int[1, 20]
        select new[] { Act.AskAgent, Act.SendLetter, Act.BringReply }.Select(act => new Step(act, kinds, pick, act == Act.BringReply ? days : 0, true)).ToArray();

    /// <summary>A certificate put on the card in one go, which single steps seldom come to.</summary>
    private static readonly Gen<Step[]> OneIssuance =
        from kind in Gen.OneOf(CertificateKind.Signature, CertificateKind.UserAuthentication)
        from refused in Gen.Frequency((9, false), (1, true))
        select new[] { Act.Order, refused ? Act.Refuse : Act.Sign, Act.Confirm }.Select(act => new Step(act, [kind], 1, 0, true)).ToArray();

    public static readonly Gen<Life> Any =
        from person in Gen.OneOf(People.Hanako, People.Taro, People.Hanako with { BirthDate = new DateOnly(1996, 2, 29) })
        from rules in Gen.OneOf(RuleSet.Akishima2018, RuleSet.National2026)
        from optedOut in Gen.Frequency((3, Gen.Const<CertificateKind[]>([])), (2, Kinds))
        from cardDays in Gen.OneOf(Gen.Const(3652), Gen.Int[0, 3652])
        from steps in Gen.Frequency((3, OneStep.Select(step => new[] { step })), (1, OneIssuance), (1, OneAgentCase)).Array[30, 60]
        select new Life(person, rules, optedOut, People.Day("2024-07-01").AddDays(cardDays), [.. steps.SelectMany(each => each)]);

    public override string ToString() =>
        $"{Person.BirthDate:o} {Rules.Name}, card until {CardEnds:o}, without [{string.Join(' ', OptedOut)}]: {string.Join("; ", Steps.AsEnumerable())}";
}

internal enum Act
{
    Apply,
    Order,
    Sign,
    Refuse,
    Confirm,
    ConfirmOtherwise,
    Abandon,
    Move,
    UpdateFace,
    Lose,
    Find,
    Revoke,
    ForgetPin,
    SetPin,
    HandOver,
    AskAgent,
    SendLetter,
    BringReply,
    CloseCase,
    ExpireCase,
    EndCard,
    Remove,
    Return,
    CorrectRemoval,
    Depart,
    LearnLate,
    Correct,
    Ward,
    Expire,
    ImportLegacy,
    Propose,
    Agree,
    Withdraw,
    Lapse,
}

/// <summary>One thing tried.</summary>
/// <param name="Kinds">Kinds of certificate, where the act has any; the first where it has one.</param>
/// <param name="Pick">Which certificate or document, where there is a choice.</param>
/// <param name="Days">Days since the step before.</param>
/// <param name="AtOpenCounter">Whether time goes on to the next opening of the counter.</param>
internal sealed record Step(Act Act, CertificateKind[] Kinds, int Pick, int Days, bool AtOpenCounter)
{
    /// <summary>A change that the registry tells years after it took effect, within the validity of some certificates on Juki cards.</summary>
    private static readonly DateOnly _longAgo = People.Day("2017-10-01");

    public override string ToString() => $"+{Days} {Act} {string.Join('/', Kinds)} {Pick}";

    /// <summary>Who tries it.</summary>
    public Actor By => Act switch
    {
        Act.Move or Act.Remove or Act.Return or Act.CorrectRemoval or Act.LearnLate or Act.Correct => People.Registry,
        Act.Depart or Act.Expire or Act.ExpireCase => People.BackOffice,
        Act.Lose => People.CallCentre,
        Act.Sign or Act.Refuse or Act.Lapse => People.BackOffice,
        Act.Propose => People.Clerk,
        Act.ImportLegacy => People.Administrator,
        _ => People.Supervisor,
    };

    /// <summary>The command, aimed at what there is to aim at.</summary>
    public ResidentCommand Command(Life life, Scene scene)
    {
        var state = scene.Registered();
        var next = state.Certificates.Count + 1;
        var picked = Math.Max(1, next - 1 - (Pick / 3));
        var card = Act != Act.HandOver && state.Card is Card.InHand held ? held.Serial : Cards.Nth(state.EndedCards.Count + 1);
        var today = Jst.DayOf(scene.Instant);
        var elsewhere = life.Person with { Address = People.HanakoMoved.Address };
        var presented = Cards.InReader with { Serial = card, ExpiresOn = life.CardEnds, VerifiedPins = Pick == 0 ? [] : [PinKind.UserAuthentication, PinKind.BasicRegister] };
        var application = state.Application is Application.Open open ? open.Id : Scene.Id(1);
        var identified = WhoComes(life, scene, state);
        var agentCase = state.AgentCase is AgentCase.Open underWay ? underWay.Id : Scene.Id(1);
        var proposal = state.Supervision.Proposals.IsEmpty ? Scene.Id(1) : state.Supervision.Proposals[0].Id;
        return Act switch
        {
            Act.HandOver => new HandOverCard(presented, life.OptedOut, identified),
            Act.Apply => new ApplyForCertificates(presented, Kinds, identified),
            Act.Order => Stories.Order(next, Kinds[0], application, state.Attributes) with { SubjectPublicKeyInfo = Scene.Key(Pick == 5 ? picked : next) },
            Act.Sign => Stories.Record(picked),
            Act.Refuse => Stories.Refuse(picked),
            Act.Confirm => Stories.Confirm(picked) with { Card = card },
            Act.ConfirmOtherwise => Stories.Confirm(picked) with { Card = card, Sha256 = Scene.Sha256(next) },
            Act.Abandon => new AbandonApplication(application),
            Act.Move => new ChangeAttributes(Pick < 3 ? elsewhere : life.Person, Pick == 5 ? _longAgo : today),
            Act.UpdateFace => new RecordCardFaceUpdate(presented, state.Attributes),
            Act.Lose => new SuspendCertificates(),
            Act.Find => new ReleaseCertificates(presented, identified),
            Act.Revoke => new RevokeCertificates(Kinds, (RevocationCause)(Pick % 4), identified),
            Act.ForgetPin => new ApprovePinReset(presented, [(PinKind)(Pick % 4)], identified),
            Act.AskAgent => new OpenAgentCase(Errand, IdentityDocument.Passport),
            Act.SendLetter => new SendInquiryLetter(agentCase),
            Act.BringReply => new AcceptSealedReply(agentCase, ConsentSigned: true, SealUnbroken: Pick < 5, IdentityDocument.Passport),
            Act.CloseCase => new CloseAgentCase(agentCase),
            Act.ExpireCase => new ExpireAgentCase(agentCase),
            Act.SetPin => new ConfirmPinReset(state.PinReset is PinResetState.Approved approved ? approved.Id : Scene.Id(1), card),
            Act.EndCard => new EndCard(Pick < 3 ? CardEndCause.Lost : CardEndCause.Returned),
            Act.Remove => new RemoveResident((RemovalCause)(Pick % 4), today.AddDays(Days == 0 ? 30 : 0), ContinuedUse: true),
            Act.Return => new RegisterResident(Pick < 3 ? elsewhere : life.Person, today),
            Act.CorrectRemoval => new CorrectRemoval(),
            Act.Depart => new CompleteDeparture(),
            Act.LearnLate => new ChangeAttributes(life.Person with { Name = $"旧姓花子{Pick}" }, today.AddDays(-Pick * 30)),
            Act.Correct => new CorrectAttributes(Pick < 3 ? elsewhere : life.Person, today.AddDays(-Pick)),
            Act.Ward => new RecordWardStatus((WardChange)(Pick % 2), today),
            Act.Expire => new ExpireApplication(),
            Act.ImportLegacy => new RecordLegacyCertificate(Scene.Serial(5000 + Pick), LegacyValidity.LastIssue.AddDays(-500 * (Pick % 3))),
            Act.Propose => new ProposeException(Proposed(state, today)),
            Act.Agree => new ConfirmProposal(state.Supervision.Proposals.IsEmpty ? proposal : state.Supervision.Proposals[^1].Id),
            Act.Withdraw => new WithdrawProposal(proposal),
            Act.Lapse => new LapseProposal(proposal),
            _ => throw new ArgumentOutOfRangeException(nameof(life), Act, null),
        };
    }

    private AgentErrand Errand => Pick switch
    {
        0 => new AgentErrand.Release(),
        1 => new AgentErrand.ResetPins([(PinKind)(Pick % 4)]),
        2 => new AgentErrand.Revoke(Kinds),
        _ => new AgentErrand.Issue(Kinds),
    };

    /// <summary>Now and then the wrong person.</summary>
    private IdentityCheck WhoComes(Life life, Scene scene, Resident.Registered state)
    {
        if (Pick == 5 && state.AgentCase is AgentCase.Open open)
            return People.ByLicence with { Applicant = new Applicant.AppointedAgent(open.Id) };
        var right = state.Ward is Ward.Under ? People.ByGuardian : People.WhoComesFor(life.Person, scene.Instant);
        return Pick == 0 ? People.ByCard : right;
    }

    private ProposedException Proposed(Resident.Registered state, DateOnly today) => Pick switch
    {
        _ when state.Ward is Ward.Under { SignatureAllowed: false } => new ProposedException.Ward(WardReason.UnderstandsSigning),
        0 => new ProposedException.ExOfficioRevocation(Kinds, ExOfficioReason.IssuedByMistake),
        1 when !state.Certificates.IsEmpty => new ProposedException.ExOfficioRevocationBySerial(state.Certificates[^1].Serial, ExOfficioReason.KeyLeaked),
        _ => new ProposedException.ReceptionHours(today, HoursReason.CameInTime),
    };
}
