using Jpki.Domain.Residents;
using Jpki.Ledger.Tests.Support;

namespace Jpki.Ledger.Tests.Proofs;

/// <summary>Whoever is forgotten is forgotten, the proofs stand, and nobody masks anything without saying so (B1).</summary>
public sealed class ForgettingTests(LocalServer server)
{
    private static readonly DateTimeOffset _later = Given.At.AddYears(11);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "B1")]
    public async Task The_attributes_of_who_is_forgotten_are_nowhere_and_every_proof_made_before_still_holds()
    {
        await using var town = await GoneAsync();
        var signed = await town.SignAsync();

        Assert.Equal(new ForgettingOutcome.Forgotten(3), await ForgetAsync(town));
        await town.KeepAllAsync();
        await town.SignAsync();

        var rows = await Sql.ScalarAsync<string>(town.ConnectionString, "select string_agg(data::text, ' ') from ledger.mt_events where stream_id = '13207-00000001'");
        Assert.DoesNotContain("花子", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("田中町", rows, StringComparison.Ordinal);
        Assert.DoesNotContain("1985", rows, StringComparison.Ordinal);
        var report = await town.VerifyAsync();
        Assert.Empty(report.Findings);
        Assert.Equal((3, 2), (report.Masked, report.Checkpoints));
        var state = (await town.Tree.StateAsync(ProvenTown.Municipality, Now))!;
        var proof = await town.Tree.ConsistencyAsync(ProvenTown.Municipality, signed.Size, state.Size, Now);
        Assert.True(Jpki.Audit.Merkle.Proofs.Continues(signed.Size, signed.Root, state.Size, state.Root, proof!));
        Assert.IsType<Residence.Removed>(((Resident.Registered)(await town.Ledger.LoadAsync(Given.Resident(1), Now)).State).Residence);
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task Once_is_enough_and_what_comes_afterwards_is_proven_under_another_salt()
    {
        await using var town = await GoneAsync();
        Assert.Equal(new ForgettingOutcome.Forgotten(3), await ForgetAsync(town));
        Assert.Equal(new ForgettingOutcome.Forgotten(0), await ForgetAsync(town));

        await town.Ledger.AppendedAsync(Given.Resident(1), 3, Given.Command(900), new RemovalCorrected());
        await town.KeepAllAsync();
        await town.SignAsync();

        Assert.Empty((await town.VerifyAsync()).Findings);
        Assert.Equal(1, await Sql.ScalarAsync<long>(town.ConnectionString, "select count(*) from ledger.mt_events where type = 'bodies-masked.v1'"));
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task Nobody_is_forgotten_before_time_or_while_registered_or_without_proofs_or_altered()
    {
        await using var town = await GoneAsync();
        Assert.Equal("RetentionNotOver", Code(await ForgetAsync(town, at: Given.At.AddYears(9))));
        Assert.Equal("StillRegistered", Code(await ForgetAsync(town, number: 2)));
        Assert.Equal("UnknownResident", Code(await ForgetAsync(town, number: 99)));

        await Sql.ExecuteAsync(town.ConnectionString, "update ledger.mt_events set data = data || '{\"occurredOn\": \"2020-01-01\"}' where stream_id = '13207-00000001' and version = 2");
        Assert.Equal(new ForgettingOutcome.NotProven(2), await ForgetAsync(town));
        await Sql.ExecuteAsync(town.ConnectionString, "update ledger.audit_leaf set sequence = -1 where index = 0");
        Assert.Equal(new ForgettingOutcome.NotProven(1), await ForgetAsync(town));
        Assert.Equal(0, await Sql.ScalarAsync<long>(town.ConnectionString, "select count(*) from ledger.audit_commitment"));
    }

    [Theory]
    [Trait("Rule", "B1")]
    [InlineData("""update ledger.mt_events set data = data || '{"occurredOn": "2020-01-01"}' where stream_id = '13207-00000001' and version = 2""", "MaskedBodyDiffers", 2)]
    [InlineData(
        """
        insert into ledger.audit_commitment (sequence, commitment)
        select seq_id, sha256(salt || convert_to(data::text, 'UTF8')) from ledger.mt_events join ledger.audit_salt on stream = stream_id
        where stream_id = '13207-00000002' and version = 1;
        update ledger.mt_events set data = data || '{"occurredOn": "2020-01-01"}' where stream_id = '13207-00000002' and version = 1
        """,
        "MaskNotAnnounced", 1)]
    public async Task What_somebody_masks_or_changes_under_a_mask_is_named(string sql, string code, long version)
    {
        await using var town = await GoneAsync();
        await ForgetAsync(town);
        await town.KeepAllAsync();
        await town.SignAsync();

        await Sql.ExecuteAsync(town.ConnectionString, sql);

        var finding = Assert.Single((await town.VerifyAsync()).Findings);
        Assert.Equal((code, version), (finding.Code, finding.Place.Version));
    }

    /// <summary>Two residents; the first was removed from the registry.</summary>
    private async Task<ProvenTown> GoneAsync()
    {
        var town = await ProvenTown.OpenAsync(server);
        await town.FillAsync(1, 2);
        await town.Ledger.AppendedAsync(Given.Resident(1), 2, Given.Command(800), new ResidentRemoved(RemovalCause.MovedOut, new(2026, 3, 1), ContinuedUse: false));
        await town.KeepAllAsync();
        return town;
    }

    private static Task<ForgettingOutcome> ForgetAsync(ProvenTown town, int number = 1, DateTimeOffset? at = null) =>
        new ResidentForgetting(town.Open.Store, town.Ledger).ForgetAsync(
            Given.Resident(number), SampleEntries.CityHall, Given.By(Given.Command(801)) with { At = at ?? _later }, Now);

    private static string? Code(ForgettingOutcome outcome) => (outcome as ForgettingOutcome.Refused)?.Refusal.Code;
}
