using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Pki.Keys;
using Jpki.Pki.Revocation;

namespace Jpki.Pki.Tests.Revocation;

public sealed class RevocationListLintTests(StoreFixture store)
{
    private static readonly Dictionary<string, (string Code, Func<RevocationListOrder, RevocationListOrder> Change)> OrderChanges = new()
    {
        ["this update"] = ("this-update", order => order with { ThisUpdate = order.ThisUpdate.AddSeconds(1) }),
        ["next update"] = ("next-update", order => order with { NextUpdate = order.NextUpdate.AddSeconds(1) }),
        ["number"] = ("crl-number", order => order with { Number = order.Number + 1 }),
        ["base"] = ("delta-crl-indicator", order => order with { BaseNumber = order.BaseNumber - 1 }),
        ["prefecture"] = ("issuing-distribution-point", order => order with { PrefectureRoman = "Kyoto-fu" }),
        ["municipality's name"] = ("issuing-distribution-point", order => order with { MunicipalityRoman = "Fussa-shi" }),
        ["municipality"] = ("issuing-distribution-point", order => order with { Scope = order.Scope with { Municipality = MunicipalityCode.Parse("13218") } }),
        ["authority"] = ("authority-key", order => order with { Scope = order.Scope with { AuthorityKeyId = new string('0', 40) } }),
    };

    private static readonly Dictionary<string, (string Code, RevocationEntry[] Entries)> BadEntries = new()
    {
        ["zero"] = ("entry-serial", [With([0])]),
        ["negative"] = ("entry-serial", [With([0x80])]),
        ["zero-padded"] = ("encoding", [With([0, 1])]),
        ["too long"] = ("entry-form", [With(new byte[21])]),
        ["no serial"] = ("entry-form", [With([])]),
        ["twice"] = ("entry-duplicate", [With([5]), With([5])]),
        ["not ascending"] = ("entry-order", [With([5]), With([4])]),
        ["no reason"] = ("entry-form", [With([5]) with { Reason = 0 }]),
        ["a reason that is not used"] = ("entry-reason", [With([5]) with { Reason = (RevocationReason)2 }]),
        ["a reason that is no reason"] = ("entry-form", [With([5]) with { Reason = (RevocationReason)9 }]),
        ["removed from a full list"] = ("entry-reason", [With([5]) with { Reason = RevocationReason.RemoveFromCrl }]),
    };

    public static TheoryData<string> OrderChangeNames => [.. OrderChanges.Keys];

    public static TheoryData<string> BadEntryNames => [.. BadEntries.Keys];

    public static TheoryData<KeyAlgorithm> EveryAlgorithm => [.. Enum.GetValues<KeyAlgorithm>()];

    [Theory, MemberData(nameof(OrderChangeNames))]
    public async Task A_list_that_differs_from_its_order_in_one_thing_is_caught(string change)
    {
        using var workshop = new ListWorkshop(store.Rsa);
        var built = await workshop.BuildAsync(workshop.Delta(), ListWorkshop.Entry(1));
        var (code, changed) = OrderChanges[change];

        Assert.Contains(code, workshop.Check(built.File, changed(workshop.Delta()), 1).Findings.Select(each => each.Code));
    }

    [Theory, MemberData(nameof(BadEntryNames))]
    public async Task An_entry_that_must_not_be_stops_the_list_and_no_file_stays(string name)
    {
        using var workshop = new ListWorkshop(store.Rsa);
        var (code, entries) = BadEntries[name];

        var rejected = Assert.IsType<RevocationListRejected>(await workshop.TryBuildAsync(workshop.Full(), entries));

        Assert.Equal([code], rejected.Findings.Select(each => each.Code));
        Assert.Empty(Directory.GetFiles(workshop.Folder.Path));
    }

    [Fact]
    public async Task A_full_list_is_no_delta_and_a_delta_no_full_list()
    {
        using var workshop = new ListWorkshop(store.Rsa);
        var (full, delta) = (await workshop.BuildAsync(workshop.Full()), await workshop.BuildAsync(workshop.Delta()));

        Assert.Contains("delta-crl-indicator", workshop.Check(full.File, workshop.Delta(), 0).Findings.Select(each => each.Code));
        Assert.Contains("freshest-crl", workshop.Check(delta.File, workshop.Full(), 0).Findings.Select(each => each.Code));
    }

    [Theory, InlineData(0), InlineData(2)]
    public async Task Another_count_than_was_written_is_caught(int expected)
    {
        using var workshop = new ListWorkshop(store.Rsa);
        var built = await workshop.BuildAsync(workshop.Full(), ListWorkshop.Entry(1));

        Assert.Equal(["entry-count"], workshop.Check(built.File, workshop.Full(), expected).Findings.Select(each => each.Code));
    }

    [Theory, MemberData(nameof(EveryAlgorithm))]
    public async Task No_single_octet_of_a_list_can_change_unseen(KeyAlgorithm algorithm)
    {
        using var workshop = new ListWorkshop(store.With(algorithm));
        var built = await workshop.BuildAsync(workshop.Full(), ListWorkshop.Entry(1), ListWorkshop.Entry(2, at: new(2050, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        var octets = await File.ReadAllBytesAsync(built.File, TestContext.Current.CancellationToken);

        Assert.All(Enumerable.Range(0, octets.Length), position =>
        {
            octets[position] ^= 0x01;
            Assert.NotEmpty(workshop.Check(workshop.Folder.Write("changed.crl", octets), workshop.Full(), 2).Findings);
            octets[position] ^= 0x01;
        });
    }

    [Fact]
    public async Task A_list_that_is_cut_off_anywhere_or_goes_on_is_caught()
    {
        using var workshop = new ListWorkshop(store.Rsa);
        var built = await workshop.BuildAsync(workshop.Full(), ListWorkshop.Entry(1));
        var octets = await File.ReadAllBytesAsync(built.File, TestContext.Current.CancellationToken);

        Assert.Equal(["length"], workshop.Check(workshop.Folder.Write("longer.crl", [.. octets, 0]), workshop.Full(), 1).Findings.Select(each => each.Code));
        Assert.All(Enumerable.Range(0, octets.Length), length => Assert.NotEmpty(
            workshop.Check(workshop.Folder.Write("shorter.crl", octets.AsSpan(0, length)), workshop.Full(), 1).Findings));
    }

    [Fact]
    public async Task Another_generation_of_the_same_name_is_caught_by_its_key()
    {
        using var workshop = new ListWorkshop(store.Rsa);
        var built = await workshop.BuildAsync(workshop.Full());

        var findings = new RevocationListLint(TestData.Settings)
            .Check(built.File, workshop.Full(), 0, store.Ecdsa.For(CertificateKind.Signature, TestData.Now)).Findings.Select(each => each.Code);

        Assert.Superset(new HashSet<string> { "authority-key", "authority-key-identifier", "signature", "signature-algorithm" }, findings.ToHashSet());
    }

    [Theory]
    [InlineData("crl-number", 0, null, 1)]
    [InlineData("delta-crl-indicator", 7, 7L, 1)]
    [InlineData("delta-crl-indicator", 7, 0L, 1)]
    [InlineData("next-update", 7, null, 0)]
    public async Task An_order_that_makes_no_sense_is_rejected_before_anything_is_written(string code, long number, long? baseNumber, int days)
    {
        using var workshop = new ListWorkshop(store.Rsa);
        var order = workshop.Full(number) with { BaseNumber = baseNumber };

        var result = await workshop.TryBuildAsync(order with { NextUpdate = order.ThisUpdate.AddDays(days) });

        Assert.Equal([code], Assert.IsType<RevocationListRejected>(result).Findings.Select(each => each.Code));
        Assert.Empty(Directory.GetFiles(workshop.Folder.Path));
    }

    private static RevocationEntry With(byte[] serial) => new(Octets.From(serial), RevocationReason.CessationOfOperation, TestData.Now);
}
