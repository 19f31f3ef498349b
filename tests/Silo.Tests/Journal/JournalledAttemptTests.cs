using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Journal;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Grains;
using Jpki.Silo.Tests.Grains;

namespace Jpki.Silo.Tests.Journal;

/// <summary>No refusal leaves a resident's grain before it is in the journal, whoever asked.</summary>
[Collection(GrainTests.Name)]
[Trait("Rule", "B3")]
public sealed class JournalledAttemptTests(GrainBench bench) : IDisposable
{
    private const CertificateKind Kind = CertificateKind.UserAuthentication;

    private static readonly CommandId _application = new(Guid.CreateVersion7());

    public void Dispose() => bench.Journal.Durable = () => Task.FromResult(true);

    [Fact]
    public async Task A_refusal_is_answered_once_its_entry_is_durable_and_not_before()
    {
        var resident = bench.Ledger.Holding(_application);
        var durable = new TaskCompletionSource<bool>();
        var reached = new TaskCompletionSource();
        bench.Journal.Durable = () =>
        {
            reached.TrySetResult();
            return durable.Task;
        };
        var command = GrainBench.By(new SuspendCertificates());

        var answering = bench.SubmitAsync(resident, command);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(answering.IsCompleted);
        durable.SetResult(true);

        Assert.Equal("SuspensionOnlyByCallCentre", Assert.IsType<ResidentAnswer.Refused>(await answering).Refusal.Code);
        var (place, entry, provenance) = Assert.Single(bench.Journal.Of(resident));
        Assert.Equal(new(resident.Municipality, GrainBench.Clerk.Office), place);
        Assert.Equal(new AttemptRefused("SuspensionOnlyByCallCentre", "S30", resident), entry);
        Assert.Equal(new(command.CommandId, "suspend-certificates", GrainBench.Clerk, new FixedClock().Now, "akishima-2018"), provenance);
    }

    [Fact]
    public async Task When_the_journal_cannot_be_written_nobody_learns_of_the_refusal()
    {
        var resident = bench.Ledger.Holding(_application);
        bench.Journal.Durable = () => Task.FromResult(false);

        Assert.IsType<ResidentAnswer.TryAgain>(await bench.SubmitAsync(resident, GrainBench.By(new SuspendCertificates())));
        Assert.IsType<ResidentAnswer.TryAgain>(await bench.WeighAsync(resident, Refused()));
    }

    [Fact]
    public async Task What_is_done_is_in_the_residents_history_and_not_in_the_journal()
    {
        var resident = bench.Ledger.Holding(_application);

        Assert.IsType<ResidentAnswer.Done>(await bench.SubmitAsync(resident, GrainBench.By(new AbandonApplication(_application))));

        Assert.Empty(bench.Journal.Of(resident));
    }

    [Fact]
    public async Task An_attempt_that_was_only_weighed_was_one()
    {
        var resident = bench.Ledger.Holding(_application);
        var command = Refused();

        Assert.IsType<ResidentAnswer.Refused>(await bench.WeighAsync(resident, command));

        var entry = Assert.Single(bench.Journal.Of(resident));
        Assert.Equal(("revoke-certificates", command.CommandId), (entry.Provenance.Command, entry.Provenance.CommandId));
    }

    [Fact]
    public async Task The_same_attempt_sent_again_is_another_entry()
    {
        var resident = bench.Ledger.Holding(_application);
        var command = Refused();

        await bench.SubmitAsync(resident, command);
        await bench.SubmitAsync(resident, command);

        Assert.Equal([command.CommandId, command.CommandId], bench.Journal.Of(resident).Select(each => each.Provenance.CommandId));
    }

    [Fact]
    public async Task Who_acts_from_no_office_stands_in_the_journal_of_the_residents_municipality()
    {
        var resident = bench.Ledger.Holding(_application);

        await bench.SubmitAsync(resident, GrainBench.By(new AbandonApplication(_application)), GrainBench.CallCentre);

        var entry = Assert.Single(bench.Journal.Of(resident));
        Assert.Equal(new(resident.Municipality, null), entry.Place);
        Assert.Equal(GrainBench.CallCentre, entry.Provenance.By);
    }

    [Fact]
    public async Task Nobody_begins_a_journal_of_a_municipality_that_is_not_served()
    {
        var stranger = ResidentId.Parse("99999-00000001");

        Assert.IsType<ResidentAnswer.Refused>(await bench.SubmitAsync(stranger, GrainBench.By(new SuspendCertificates()), GrainBench.CallCentre));

        Assert.Equal(new(MunicipalityCode.Parse("13207"), null), Assert.Single(bench.Journal.Of(stranger)).Place);
    }

    [Fact]
    public async Task Nothing_of_what_was_sent_is_in_the_entry_but_whom_it_was_about()
    {
        var resident = bench.Ledger.Holding(_application);
        var image = new Evidence(new string('e', 64), "image/jpeg", 1_000);
        bench.Evidence.Holds = () => false;
        var attributes = new FourAttributes("髙橋　花子", "東京都昭島市中神町", new(1990, 9, 23), Sex.Female);

        await bench.SubmitAsync(resident, GrainBench.By(new RegisterResident(attributes, new(2026, 5, 1))));
        await bench.SubmitAsync(resident, GrainBench.By(new RevokeCertificates([Kind], RevocationCause.HolderApplication, new(IdentityDocument.Passport, new(image, image)))));

        Assert.Equal(["RoleMayNot", "EvidenceNotStored"], bench.Journal.Of(resident).Select(each => ((AttemptRefused)each.Entry).Code));
        Assert.All(bench.Journal.Of(resident), each =>
        {
            Assert.All(["髙橋", "中神町", "1990", "female", image.Sha256, "jpeg", "passport"], personal =>
                Assert.DoesNotContain(personal, each.Text, StringComparison.OrdinalIgnoreCase));
        });
    }

    private static CommandEnvelope Refused() =>
        GrainBench.By(new RevokeCertificates([Kind], RevocationCause.HolderApplication, new(IdentityDocument.Passport)));
}
