using CsCheck;
using Jpki.Domain;
using Jpki.Pki.Keys;
using Jpki.Pki.Revocation;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;

namespace Jpki.Pki.Tests.Revocation;

/// <summary>Lists as BouncyCastle's parser reads them.</summary>
public sealed class RevocationListTests(StoreFixture store)
{
    private static readonly Gen<RevocationEntry[]> AnyEntries = Gen.Select(
            Gen.Byte.Array[1, 20], Gen.Enum<RevocationReason>(), Gen.Long[0, 4_000_000_000L],
            (serial, reason, second) => new RevocationEntry(Positive(serial), reason, DateTimeOffset.FromUnixTimeSeconds(second)))
        .Array[0, 60]
        .Select(entries => entries.DistinctBy(each => each.Serial).OrderBy(each => Convert.ToHexString(each.Serial.Span), StringComparer.Ordinal).ToArray());

    public static TheoryData<KeyAlgorithm, CertificateKind> EveryProfile => StoreFixture.EveryProfile;

    [Theory, MemberData(nameof(EveryProfile))]
    public async Task A_list_carries_what_was_ordered_and_verifies(KeyAlgorithm algorithm, CertificateKind kind)
    {
        using var workshop = new ListWorkshop(store.With(algorithm), kind);
        var order = workshop.Full();

        var built = await workshop.BuildAsync(order, ListWorkshop.Entry(1), ListWorkshop.Entry(2, RevocationReason.CertificateHold));

        var list = Parse(built);
        list.Verify(new X509CertificateParser().ReadCertificate(workshop.Authority.Certificate.ToArray()).GetPublicKey());
        Assert.Equal(2, list.Version);
        Assert.Equal((order.ThisUpdate.UtcDateTime, order.NextUpdate.UtcDateTime), (list.ThisUpdate, list.NextUpdate!.Value));
        Assert.Equal(7, CrlNumber.GetInstance(Asn1OctetString.GetInstance(list.GetExtensionValue(X509Extensions.CrlNumber)).GetOctets()).LongValueExact);
        Assert.Equal([RevocationReason.CessationOfOperation, RevocationReason.CertificateHold], Entries(list).Select(each => each.Reason));
        Assert.Equal([X509Extensions.IssuingDistributionPoint.Id], list.GetCriticalExtensionOids());
    }

    [Theory, MemberData(nameof(EveryProfile))]
    public async Task The_lists_point_is_octet_by_octet_that_of_the_certificates(KeyAlgorithm algorithm, CertificateKind kind)
    {
        using var workshop = new ListWorkshop(store.With(algorithm), kind);
        var certificate = new X509CertificateParser().ReadCertificate(store.Issue(algorithm, kind).ToArray());
        var certified = CrlDistPoint.GetInstance(Extension(certificate, X509Extensions.CrlDistributionPoints)).GetDistributionPoints()[0];

        Assert.All([workshop.Full(), workshop.Delta()], each => Assert.Equal(
            certified.DistributionPointName.GetDerEncoded(), PointOf(Parse(workshop.BuildAsync(each).Result)).GetDerEncoded()));
    }

    [Fact]
    public async Task A_delta_names_its_base_and_a_full_list_where_the_delta_is()
    {
        using var workshop = new ListWorkshop(store.Rsa);

        var full = Parse(await workshop.BuildAsync(workshop.Full()));
        var delta = Parse(await workshop.BuildAsync(workshop.Delta(), ListWorkshop.Entry(1, RevocationReason.RemoveFromCrl)));

        Assert.Equal(7, DerInteger.GetInstance(Extension(delta, X509Extensions.DeltaCrlIndicator)).LongValueExact);
        Assert.Contains(X509Extensions.DeltaCrlIndicator.Id, delta.GetCriticalExtensionOids());
        Assert.Null(delta.GetExtensionValue(X509Extensions.FreshestCrl));
        Assert.Null(full.GetExtensionValue(X509Extensions.DeltaCrlIndicator));
        var uri = CrlDistPoint.GetInstance(Extension(full, X509Extensions.FreshestCrl)).GetDistributionPoints()[0].DistributionPointName.ToString();
        Assert.Contains($"/crl/signature/{workshop.Authority.KeyId[..16]}/13207.delta.crl", uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_told_about_the_file_is_true()
    {
        using var workshop = new ListWorkshop(store.Rsa);

        var built = await workshop.BuildAsync(workshop.Full(), ListWorkshop.Entry(1));

        var content = await File.ReadAllBytesAsync(built.File, TestContext.Current.CancellationToken);
        Assert.Equal((1, content.Length), (built.Entries, built.Length));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(content), built.Sha256.ToArray());
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(built.File));
        Assert.Equal([built.File], Directory.GetFiles(workshop.Folder.Path));
    }

    [Fact]
    public async Task Dates_from_2050_on_are_generalized_times()
    {
        using var workshop = new ListWorkshop(store.Rsa);
        var last = new DateTimeOffset(2049, 12, 31, 23, 59, 59, TimeSpan.Zero);
        var order = workshop.Full() with { ThisUpdate = last, NextUpdate = last.AddSeconds(1) };

        var built = await workshop.BuildAsync(
            order, ListWorkshop.Entry(1, at: last), ListWorkshop.Entry(2, at: last.AddSeconds(1)), ListWorkshop.Entry(3, at: last.AddMilliseconds(999)));

        var structure = Tool.Run("openssl", "asn1parse", "-inform", "DER", "-in", built.File);
        Assert.Equal(3, structure.Split("UTCTIME           :491231235959Z").Length - 1);
        Assert.Equal(2, structure.Split("GENERALIZEDTIME   :20500101000000Z").Length - 1);
    }

    [Fact]
    public async Task Any_entries_in_are_the_same_entries_out() => await AnyEntries.SampleAsync(
        async entries =>
        {
            using var workshop = new ListWorkshop(store.Rsa);
            Assert.Equal(entries, Entries(Parse(await workshop.BuildAsync(workshop.Delta(), entries))));
        },
        seed: "0000000000000", iter: 60, threads: 1);

    [Theory, InlineData(126), InlineData(127), InlineData(128), InlineData(255), InlineData(256), InlineData(1170), InlineData(5000)]
    public async Task Lengths_that_need_another_octet_are_written_right(int count)
    {
        using var workshop = new ListWorkshop(store.Ecdsa);
        var entries = Enumerable.Range(1, count).Select(each => ListWorkshop.Entry(each)).ToArray();

        Assert.Equal(entries, Entries(Parse(await workshop.BuildAsync(workshop.Full(), entries))));
    }

    [Fact]
    public async Task The_same_order_and_entries_give_the_same_octets()
    {
        using var workshop = new ListWorkshop(store.Ecdsa);

        var first = await workshop.BuildAsync(workshop.Full(), ListWorkshop.Entry(1));
        var second = await workshop.BuildAsync(workshop.Full(), ListWorkshop.Entry(1));

        Assert.Equal(first.Sha256, second.Sha256);
    }

    private static IEnumerable<RevocationEntry> Entries(X509Crl list) =>
        from each in list.GetRevokedCertificates()?.Cast<X509CrlEntry>() ?? []
        let reason = DerEnumerated.GetInstance(Asn1OctetString.GetInstance(each.GetExtensionValue(X509Extensions.ReasonCode)).GetOctets()).IntValueExact
        select new RevocationEntry(
            Octets.From(each.SerialNumber.ToByteArray()), (RevocationReason)reason, new(DateTime.SpecifyKind(each.RevocationDate, DateTimeKind.Utc)));

    private static X509Crl Parse(RevocationListBuilt list) => new X509CrlParser().ReadCrl(File.ReadAllBytes(list.File));

    private static Asn1Object Extension(X509ExtensionBase of, DerObjectIdentifier oid) => Asn1Object.FromByteArray(of.GetExtensionValue(oid).GetOctets());

    private static DistributionPointName PointOf(X509Crl list) =>
        IssuingDistributionPoint.GetInstance(Extension(list, X509Extensions.IssuingDistributionPoint)).DistributionPoint;

    private static Octets Positive(byte[] octets)
    {
        octets[0] = (byte)((octets[0] & 0x7F) | 0x01);
        return Octets.From(octets);
    }
}
