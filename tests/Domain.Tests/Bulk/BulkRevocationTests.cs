using Jpki.Domain.Bulk;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Tests.Residents;
using static Jpki.Domain.Tests.Residents.Scene;

namespace Jpki.Domain.Tests.Bulk;

/// <summary>一括失効: many lines, the same two officers, and each resident's own decision.</summary>
public sealed class BulkRevocationTests
{
    private static readonly Actor _second = People.Supervisor with { Subject = "supervisor-2" };
    private static readonly BulkRevocation _bulk = new(Earlier, ExOfficioReason.KeyLeaked, People.Supervisor, Time("2026-06-01T09:00+09:00"), "");
    private static readonly BulkLine _line = new(2, HanakosId, Serial(1));

    private static CommandId Earlier => Stories.Earlier;

    [Fact]
    public void A_supervisor_at_an_office_proposes()
    {
        Assert.Null(BulkRevocation.MayPropose(People.Supervisor, Town.Akishima));
        Assert.Equal("RoleMayNot", BulkRevocation.MayPropose(People.Clerk, Town.Akishima)?.Code);
        Assert.Equal("UnknownOffice", BulkRevocation.MayPropose(People.Supervisor with { Office = null }, null)?.Code);
        Assert.Equal("UnknownOffice", BulkRevocation.MayPropose(People.Supervisor with { Office = OfficeCode.Parse("132079999") }, Town.Akishima)?.Code);
    }

    [Fact]
    public void Another_supervisor_of_the_town_confirms_within_two_weeks()
    {
        Assert.Null(_bulk.MayConfirm(_second, People.Day("2026-06-15")));
        Assert.Equal("ProposalTooOld", _bulk.MayConfirm(_second, People.Day("2026-06-16"))?.Code);
        Assert.Equal("SecondOfficerNeeded", _bulk.MayConfirm(People.Supervisor, People.Day("2026-06-01"))?.Code);
        Assert.Equal("RoleMayNot", _bulk.MayConfirm(People.Clerk, People.Day("2026-06-01"))?.Code);
        Assert.Equal("OtherMunicipality", _bulk.MayConfirm(_second with { Office = OfficeCode.Parse("132020001") }, People.Day("2026-06-01"))?.Code);
    }

    [Fact]
    public void What_was_decided_is_not_decided_again()
    {
        var decided = _bulk with { Decision = new(false, _second, _bulk.ProposedAt) };

        Assert.Null(_bulk.MayWithdraw(People.Supervisor));
        Assert.Equal("BulkNotWaiting", decided.MayConfirm(_second, People.Day("2026-06-01"))?.Code);
        Assert.Equal("BulkNotWaiting", decided.MayWithdraw(_second)?.Code);
    }

    [Fact]
    public void Both_officers_stand_in_the_residents_own_events()
    {
        var proposed = Stories.Holder().By(_bulk.ProposedBy).Done(_line.ToProposal(_bulk).Command, _line.ToProposal(_bulk).CommandId);

        proposed.By(_bulk.ProposedBy).When(_line.ToConfirmation(_bulk).Command).ThenRefused("SecondOfficerNeeded");
        proposed.By(_second).When(_line.ToConfirmation(_bulk).Command).Then(
            new ProposalConfirmed(_line.ToProposal(_bulk).CommandId),
            new CertificateRevoked(Serial(1), Stories.Authentication, RevocationCause.KeyLeaked));
        proposed.By(_second).When(_line.ToWithdrawal(_bulk).Command).Then(new ProposalWithdrawn(_line.ToProposal(_bulk).CommandId));
    }

    [Fact]
    [Trait("Rule", "B4")]
    public void The_ids_follow_from_the_whole_and_the_line()
    {
        var other = _line with { Number = 3 };
        CommandId[] ids =
        [
            _line.ToProposal(_bulk).CommandId, _line.ToConfirmation(_bulk).CommandId, _line.ToWithdrawal(_bulk).CommandId,
            other.ToProposal(_bulk).CommandId, _line.ToProposal(_bulk with { Id = This }).CommandId,
        ];

        Assert.Distinct(ids);
        Assert.Equal(ids[0], _line.ToProposal(_bulk with { Sha256 = "other" }).CommandId);
        Assert.Equal(ids[0], Assert.IsType<ConfirmProposal>(_line.ToConfirmation(_bulk).Command).Proposal);
    }

    [Fact]
    public void Every_refusal_speaks_both_languages()
    {
        Refusal[] all =
        [
            BulkRefusals.NoSuchBulk(), BulkRefusals.BulkNotWaiting(), BulkRefusals.BulkIdTaken(), BulkRefusals.LineUnreadable(),
            BulkRefusals.MalformedResident(), BulkRefusals.MalformedSerial(), BulkRefusals.LineRepeated(), BulkRefusals.NotChecked(), BulkRefusals.CommandIdTaken(),
        ];

        Assert.Distinct(all.Select(each => each.Code));
        Assert.All(all, each => Assert.EndsWith("。", each.Japanese, StringComparison.Ordinal));
        Assert.All(all, each => Assert.Matches(@"^[A-Z][\x20-\x7E]+\.$", each.English));
    }
}
