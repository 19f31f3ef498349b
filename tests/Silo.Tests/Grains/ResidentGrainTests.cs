using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Grains;

namespace Jpki.Silo.Tests.Grains;

/// <summary>The resident's grain over a ledger and authorities that do what the test wants.</summary>
[Collection(GrainTests.Name)]
public sealed class ResidentGrainTests(GrainBench bench)
{
    private const CertificateKind Kind = CertificateKind.UserAuthentication;

    private static readonly CommandId _application = new(Guid.CreateVersion7());

    [Fact]
    [Trait("Rule", "S9")]
    [Trait("Rule", "B4")]
    public async Task What_fails_its_check_is_an_event_once_and_is_not_tried_again_by_itself()
    {
        var resident = bench.Ledger.Holding(_application);
        bench.Issuance.Sign = _ => new SignResult.Refused(["subject-common-name"]);
        var request = GrainBench.Request(_application, 1);

        var answer = Assert.IsType<ResidentAnswer.Done>(await bench.SubmitAsync(resident, request));
        bench.Issuance.Sign = order => throw new InvalidOperationException($"{order.Serial} is signed again.");
        var again = Assert.IsType<ResidentAnswer.Done>(await bench.SubmitAsync(resident, request));

        var refused = Assert.IsType<CertificateRefused>(answer.Answer.Events[^1].Event);
        Assert.Equal(["subject-common-name"], refused.Findings);
        Assert.Equal((request.CommandId, Role.System), (answer.Answer.Events[^1].Provenance.CommandId, answer.Answer.Events[^1].Provenance.By.Role));
        Assert.True(again.Repeated);
        Assert.Equal(answer.Answer.Events.Select(each => each.Version), again.Answer.Events.Select(each => each.Version));
        Assert.Contains(bench.Ledger.Work(resident)!.Items, each => each.Kind == WorkKind.RefusedCertificate);
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task Another_request_under_the_same_application_takes_its_place()
    {
        var resident = bench.Ledger.Holding(_application);
        bench.Issuance.Sign = _ => new SignResult.Refused(["validity"]);
        await bench.SubmitAsync(resident, GrainBench.Request(_application, 1));
        bench.Issuance.Sign = FakeIssuance.Certify;

        var answer = Assert.IsType<ResidentAnswer.Done>(await bench.SubmitAsync(resident, GrainBench.Request(_application, 2)));

        Assert.IsType<CertificateIssued>(answer.Answer.Events[^1].Event);
        Assert.DoesNotContain(bench.Ledger.Work(resident)!.Items, each => each.Kind == WorkKind.RefusedCertificate);
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task While_proofs_are_not_kept_nothing_new_is_taken_and_what_was_done_is_still_answered()
    {
        var resident = bench.Ledger.Holding(_application);
        bench.Issuance.Sign = FakeIssuance.Certify;
        var (done, other) = (GrainBench.Request(_application, 1), GrainBench.By(new SuspendCertificates()));
        var before = Assert.IsType<ResidentAnswer.Done>(await bench.SubmitAsync(resident, done));

        bench.Proofs.AreKept = false;
        try
        {
            Assert.True(Assert.IsType<ResidentAnswer.TryAgain>(await bench.SubmitAsync(resident, other, GrainBench.CallCentre)).Unprovable);
            var again = Assert.IsType<ResidentAnswer.Done>(await bench.SubmitAsync(resident, done));
            Assert.Equal((true, before.Answer.Events.Count), (again.Repeated, again.Answer.Events.Count));
        }
        finally
        {
            bench.Proofs.AreKept = true;
        }

        Assert.IsType<ResidentAnswer.Done>(await bench.SubmitAsync(resident, other, GrainBench.CallCentre));
    }

    [Fact]
    [Trait("Rule", "S32")]
    [Trait("Rule", "B4")]
    public async Task An_order_on_hold_is_signed_as_it_is_released()
    {
        var ordered = new CertificateOrdered(_application, FakeLedger.Card, FakeIssuance.Order(Kind, 7));
        var resident = bench.Ledger.Holding(_application, ordered, new CertificateSuspended(ordered.Order.Serial, Kind, HoldCause.LossReported));
        bench.Issuance.Sign = FakeIssuance.Certify;

        await bench.SubmitAsync(resident, GrainBench.By(new SuspendCertificates()), GrainBench.CallCentre);
        Assert.DoesNotContain(bench.Ledger.Events(resident), each => each is CertificateIssued);
        var answer = Assert.IsType<ResidentAnswer.Done>(await bench.SubmitAsync(
            resident, GrainBench.By(new ReleaseCertificates(FakeLedger.InReader, new(IdentityDocument.MyNumberCard)))));

        Assert.Equal([typeof(CertificateReleased), typeof(CertificateIssued)], answer.Answer.Events.Select(each => each.Event.GetType()));
    }

    [Fact]
    [Trait("Rule", "S26")]
    [Trait("Rule", "B4")]
    public async Task A_store_of_evidence_that_does_not_answer_is_to_be_tried_again()
    {
        var resident = bench.Ledger.Holding(_application);
        var image = new Evidence(new string('a', 64), "image/jpeg", 1_000);
        var command = GrainBench.By(new RevokeCertificates([Kind], RevocationCause.HolderApplication, new(IdentityDocument.Passport, new(image, image))));

        bench.Evidence.Holds = () => throw new TimeoutException();
        Assert.IsType<ResidentAnswer.TryAgain>(await bench.SubmitAsync(resident, command));
        bench.Evidence.Holds = () => false;
        Assert.Equal("EvidenceNotStored", Assert.IsType<ResidentAnswer.Refused>(await bench.SubmitAsync(resident, command)).Refusal.Code);
    }

    [Fact]
    public async Task What_is_only_weighed_is_judged_and_changes_nothing()
    {
        var resident = bench.Ledger.Holding(_application);
        var before = bench.Ledger.Events(resident).Count;

        Assert.IsType<ResidentAnswer.Acceptable>(await bench.WeighAsync(resident, GrainBench.By(new AbandonApplication(_application))));
        Assert.Equal(
            "NothingToRevoke",
            Assert.IsType<ResidentAnswer.Refused>(await bench.WeighAsync(
                resident, GrainBench.By(new RevokeCertificates([Kind], RevocationCause.HolderApplication, new(IdentityDocument.Passport))))).Refusal.Code);

        Assert.Equal(before, bench.Ledger.Events(resident).Count);
    }
}
