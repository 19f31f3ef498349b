using System.Globalization;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;

namespace Jpki.City;

/// <summary>
/// 住民の一生: one invented life. It only tries; the domain's own decider says what comes of it, so that no event stands here that could not
/// stand in a real ledger. What is refused is gone, as at a real counter.
/// </summary>
internal sealed class Citizen(CityPlan plan, int number, IMint mint)
{
    private readonly Dice dice = Dice.For(plan.Seed, number);
    private readonly Clerks clerks = new(plan.Municipality);
    private readonly ResidentId id = plan.Resident(number);
    private readonly List<Recorded> fresh = [];
    private ResidentHistory history = ResidentHistory.Empty;
    private DateTimeOffset last = DateTimeOffset.MinValue;
    private int commands;

    /// <summary>Every event of the life, oldest first.</summary>
    public IEnumerable<Recorded> Live()
    {
        foreach (var errand in Errands.Of(plan, dice))
        {
            Run(errand);
            foreach (var recorded in fresh)
                yield return recorded;
            fresh.Clear();
        }
    }

    private Resident.Registered? Me => history.State as Resident.Registered;

    private Card.InHand? InHand => Me?.Card as Card.InHand;

    private void Run(Errand errand)
    {
        switch (errand)
        {
            case Errand.BeRegistered(var day, var birthDate):
                Try(Later(Jst.At(day, new TimeOnly(0, 5))), clerks.Registry, new RegisterResident(InventedPeople.Somebody(dice, birthDate), day));
                break;
            case Errand.GetCard(var day):
                GetCard(Counter(day));
                break;
            case Errand.Move(var day, var renamed) when Me is { } me:
                var changed = renamed ? InventedPeople.Renamed(dice, me.Attributes) : me.Attributes with { Address = InventedPeople.Address(dice) };
                Try(Later(Jst.At(day, new TimeOnly(2, 30))), clerks.Registry, new ChangeAttributes(changed, day));
                break;
            case Errand.Renew(var day):
                Apply(Counter(day), [.. Enum.GetValues<CertificateKind>().Where(MayHave)]);
                break;
            case Errand.ComeAfterMove(var day):
                Apply(Counter(day), [.. Enum.GetValues<CertificateKind>().Where(kind => kind == CertificateKind.Signature && MayHave(kind))]);
                break;
            case Errand.Lose(var at):
                Try(Later(at), Clerks.CallCentre, new SuspendCertificates());
                break;
            case Errand.Find(var day) when InHand is { } card:
                Try(Counter(day), clerks.AtCounter(dice), new ReleaseCertificates(Present(card), WhoComes(day)));
                break;
            case Errand.GiveUpCard(var day):
                Try(Counter(day), clerks.AtCounter(dice), new EndCard(CardEndCause.Lost));
                break;
            case Errand.ForgetPin(var day) when InHand is { } card:
                ResetPin(Counter(day), card);
                break;
            case Errand.Leave(var day, var cause):
                Try(Later(Jst.At(day, new TimeOnly(3, 10))), clerks.Registry, new RemoveResident(cause, day));
                break;
            default:
                break; // Without a card there is nothing to find and no PIN to forget.
        }
    }

    // A day without a counter moves an errand to the next; what comes after it stays after it.
    private DateTimeOffset Later(DateTimeOffset at) => at > last ? at : last.AddMinutes(1);

    private DateTimeOffset Counter(DateOnly day) => Clerks.Open(dice, day > Jst.DayOf(last) ? day : Jst.DayOf(last).AddDays(1));

    private bool MayHave(CertificateKind kind) => kind == CertificateKind.UserAuthentication || Me?.LastHeld(kind) is not null || dice.Chance(90);

    private void GetCard(DateTimeOffset at)
    {
        if (Me is not { } me)
            return;
        var age = Age.On(me.Attributes.BirthDate, Jst.DayOf(at));
        // カードの有効期間: the tenth birthday after issue, the fifth for who is not of age.
        var expires = Birthdays.Nth(me.Attributes.BirthDate, Jst.DayOf(at), age < 20 ? 5 : 10);
        var serial = CardSerial.Parse(string.Create(CultureInfo.InvariantCulture, $"{plan.Municipality.Code}{me.EndedCards.Count:D1}{number:D9}"));
        CertificateKind[] optedOut = dice.Chance(3) ? [CertificateKind.Signature] : [];
        var clerk = clerks.AtCounter(dice);
        if (Try(at, clerk, new HandOverCard(new(serial, plan.Municipality.Code, expires, []), optedOut, WhoComes(Jst.DayOf(at)))))
            Load(at, clerk);
    }

    private void Apply(DateTimeOffset at, CertificateKind[] kinds)
    {
        if (InHand is not { } card || kinds.Length == 0)
            return;
        var clerk = clerks.AtCounter(dice);
        if (!card.FaceIsCurrent)
            Try(at, clerk, new RecordCardFaceUpdate(Present(card), Me!.Attributes));
        if (Try(at.AddSeconds(20), clerk, new ApplyForCertificates(Present(card), kinds, WhoComes(Jst.DayOf(at)))))
            Load(at.AddSeconds(20), clerk);
    }

    /// <summary>Key pair, order, signature, confirmation, for each kind applied for; one card in two hundred is torn out before the end.</summary>
    private void Load(DateTimeOffset at, Actor clerk)
    {
        while (Me!.Application is Application.Open open)
        {
            var kind = open.Remaining.Select(each => each.Kind).Order().Last(); // User authentication first: it bounds the other (S10).
            var order = new OrderCertificate(
                open.Id, kind, mint.SubjectKey(dice.Next()), NewSerial(), NewCommonName(kind, at, clerk), mint.AuthorityKeyId(kind, at),
                kind == CertificateKind.Signature ? mint.Certify(Me.Attributes) : null);
            if (!Try(at = at.AddSeconds(8), clerk, order) || Me.Certificates[^1].Standing is not Standing.Ordered ordered)
                return;
            var certificate = mint.Sign(ordered.Order);
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(certificate.Span));
            Try(at, Clerks.BackOffice, new RecordCertificate(ordered.Order.Serial, certificate, sha256));
            if (dice.OneIn(200))
            {
                Try(at.AddSeconds(90), clerk, new AbandonApplication(open.Id));
                return;
            }

            if (!Try(at = at.AddSeconds(5), clerk, new ConfirmCertificate(ordered.Order.Serial, open.Card, sha256)))
                return;
        }
    }

    private void ResetPin(DateTimeOffset at, Card.InHand card)
    {
        var clerk = clerks.AtCounter(dice);
        if (Try(at, clerk, new ApprovePinReset(Present(card), [dice.Pick(Enum.GetValues<PinKind>())], WhoComes(Jst.DayOf(at))))
            && Me!.PinReset is PinResetState.Approved approved)
            Try(at.AddSeconds(40), clerk, new ConfirmPinReset(approved.Id, card.Serial));
    }

    private bool Try(DateTimeOffset at, Actor by, ResidentCommand command)
    {
        var name = command.Name();
        var commandId = CommandId.Derived("invented-city", plan.Seed.ToString(CultureInfo.InvariantCulture), id.Value, (++commands).ToString(CultureInfo.InvariantCulture));
        var circumstances = new Circumstances(commandId, by, at, plan.Municipality, plan.Municipality.RuleSetOn(Jst.DayOf(at)));
        if (ResidentDecider.Decide(history.State, command, circumstances) is not Decision.Accepted accepted)
            return false;

        last = at;
        var provenance = circumstances.ToProvenance(name);
        foreach (var happened in accepted.Events)
        {
            var recorded = new Recorded(id, history.Version + 1, happened, provenance);
            history = history.With(recorded);
            fresh.Add(recorded);
        }

        return true;
    }

    private PresentedCard Present(Card.InHand card) => new(card.Serial, plan.Municipality.Code, card.ExpiresOn, [PinKind.UserAuthentication, PinKind.BasicRegister]);

    private IdentityCheck WhoComes(DateOnly day) => Me is { } me && Age.On(me.Attributes.BirthDate, day) < Age.SignatureMinimum
        ? new IdentityCheck(IdentityDocument.DrivingLicence) { Applicant = new Applicant.LegalRepresentative(AuthorityProof.FamilyRegister) }
        : new IdentityCheck(dice.Chance(60) ? IdentityDocument.DrivingLicence : IdentityDocument.MyNumberCard);

    private SerialNumber NewSerial()
    {
        var octets = dice.Octets(16);
        octets[0] = (byte)((octets[0] & 0x3F) | 0x40); // Positive, and no leading zero.
        return SerialNumber.FromOctets(octets);
    }

    private string NewCommonName(CertificateKind kind, DateTimeOffset at, Actor clerk)
    {
        const string alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        string Draw(int count) => string.Concat(dice.Octets(count).Select(each => alphabet[each % alphabet.Length]));
        return kind == CertificateKind.Signature
            ? at.ToOffset(Jst.Offset).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture) + Draw(5) + clerk.Office
            : Draw(14) + clerk.Office;
    }
}
