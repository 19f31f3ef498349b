using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Ledger.Tests.Support;
using Npgsql;

namespace Jpki.Ledger.Tests;

/// <summary>Images of identity documents: by their hash, apart from the events, each town's for itself.</summary>
[Trait("Rule", "S26")]
public sealed class EvidenceTests(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static readonly MunicipalityCode _akishima = MunicipalityCode.Parse("13207");
    private static readonly MunicipalityCode _tachikawa = MunicipalityCode.Parse("13202");

    private readonly EvidenceStore _store = database.Evidence;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_stored_comes_back_octet_by_octet()
    {
        var content = Jpeg(1, Evidence.MostBytes);

        var saved = await _store.SaveAsync(_akishima, content, Cancellation);
        var read = await _store.ReadAsync(_akishima, saved!.Sha256, Cancellation);

        Assert.Equal(new Evidence(Convert.ToHexStringLower(SHA256.HashData(content)), "image/jpeg", content.Length), saved);
        Assert.Equal(saved, read!.Evidence);
        Assert.True(read.Content.Span.SequenceEqual(content));
    }

    [Fact]
    public async Task The_same_again_is_stored_once()
    {
        var content = Jpeg(2);

        var saved = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _store.SaveAsync(_akishima, content, Cancellation)));

        Assert.All(saved, each => Assert.Equal(saved[0], each));
        Assert.Equal(1L, await Sql.ScalarAsync<long>(database.ConnectionString, $"select count(*) from ledger.evidence where sha256 = '{saved[0]!.Sha256}'"));
    }

    [Fact]
    public async Task What_is_no_image_or_too_long_is_not_stored()
    {
        Assert.Null(await _store.SaveAsync(_akishima, "<html>"u8.ToArray(), Cancellation));
        Assert.Null(await _store.SaveAsync(_akishima, Jpeg(3, Evidence.MostBytes + 1), Cancellation));
    }

    [Fact]
    public async Task Only_what_is_stored_as_described_is_held()
    {
        var one = (await _store.SaveAsync(_akishima, Jpeg(4), Cancellation))!;
        var other = (await _store.SaveAsync(_akishima, Jpeg(5), Cancellation))!;

        Assert.True(await _store.HoldsAsync(_akishima, [one, other, one], Cancellation));
        Assert.True(await _store.HoldsAsync(_akishima, [], Cancellation));
        Assert.False(await _store.HoldsAsync(_akishima, [one, other with { Bytes = other.Bytes + 1 }], Cancellation));
        Assert.False(await _store.HoldsAsync(_akishima, [one with { MediaType = "image/png" }], Cancellation));
        Assert.False(await _store.HoldsAsync(_akishima, [Evidence.Of(Jpeg(6))!], Cancellation));
        Assert.False(await _store.HoldsAsync(_akishima, [one with { Sha256 = "' or true --" }], Cancellation));
    }

    [Fact]
    public async Task One_town_does_not_see_what_only_another_holds()
    {
        var saved = (await _store.SaveAsync(_akishima, Jpeg(7), Cancellation))!;

        Assert.False(await _store.HoldsAsync(_tachikawa, [saved], Cancellation));
        Assert.Null(await _store.ReadAsync(_tachikawa, saved.Sha256, Cancellation));
        Assert.NotNull(await _store.ReadAsync(null, saved.Sha256, Cancellation));
    }

    [Fact]
    [Trait("Rule", "B1")]
    public async Task Octets_altered_by_another_hand_are_not_passed_off_as_evidence()
    {
        var saved = (await _store.SaveAsync(_akishima, Jpeg(8), Cancellation))!;
        await Sql.ExecuteAsync(database.ConnectionString, $"update ledger.evidence set content = content || '\\x00' where sha256 = '{saved.Sha256}'");

        await Assert.ThrowsAsync<LedgerDamagedException>(() => _store.ReadAsync(_akishima, saved.Sha256, Cancellation));
    }

    [Fact]
    [Trait("Rule", "B4")]
    public async Task A_database_that_does_not_answer_leaves_the_outcome_unknown_and_storing_again_tells()
    {
        var nowhere = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Port = 1 };
        await using var open = OpenLedger.Unprepared(nowhere.ConnectionString, SchemaHandling.CreateOrUpdate);

        await Assert.ThrowsAsync<LedgerOutcomeUnknownException>(() => open.Evidence.SaveAsync(_akishima, Jpeg(9), Cancellation));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => open.Evidence.HoldsAsync(_akishima, [Evidence.Of(Jpeg(9))!], Cancellation));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => open.Evidence.ReadAsync(_akishima, "00", Cancellation));
        Assert.NotNull(await _store.SaveAsync(_akishima, Jpeg(9), Cancellation));
    }

    /// <summary>Something that begins like a JPEG and is like no other.</summary>
    private static byte[] Jpeg(byte number, int length = 1000)
    {
        var content = new byte[length];
        ReadOnlySpan<byte> head = [0xFF, 0xD8, 0xFF, 0xE0, number];
        head.CopyTo(content);
        return content;
    }
}
