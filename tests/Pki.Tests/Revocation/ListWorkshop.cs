using System.Buffers.Binary;
using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Pki.Keys;
using Jpki.Pki.Revocation;

namespace Jpki.Pki.Tests.Revocation;

/// <summary>Lists built into a folder that goes with the test.</summary>
internal sealed class ListWorkshop(Authorities authorities, CertificateKind kind = CertificateKind.Signature) : IDisposable
{
    private int built;

    public TestFolder Folder { get; } = new();

    public Authority Authority => authorities.For(kind, TestData.Now);

    public RevocationListOrder Full(long number = 7) => new(
        new(Authority.KeyId, MunicipalityCode.Parse("13207")),
        "Tokyo-to",
        "Akishima-shi",
        number,
        BaseNumber: null,
        TestData.Now.AddDays(1),
        TestData.Now.AddDays(3));

    public RevocationListOrder Delta(long number = 8, long baseNumber = 7) => Full(number) with { BaseNumber = baseNumber };

    public async Task<RevocationListBuilt> BuildAsync(RevocationListOrder order, params IEnumerable<RevocationEntry> entries)
    {
        var result = await TryBuildAsync(order, entries);
        Assert.True(result is RevocationListBuilt, result is RevocationListRejected rejected ? string.Join(", ", rejected.Findings) : null);
        return (RevocationListBuilt)result;
    }

    public Task<RevocationListResult> TryBuildAsync(RevocationListOrder order, params IEnumerable<RevocationEntry> entries) =>
        TryBuildAsync(order, entries.ToAsyncEnumerable());

    public Task<RevocationListResult> TryBuildAsync(RevocationListOrder order, IAsyncEnumerable<RevocationEntry> entries) =>
        new RevocationListBuilder(authorities, TestData.Settings)
            .BuildAsync(order, entries, Path.Combine(Folder.Path, $"{++built}.crl"), TestContext.Current.CancellationToken);

    public RevocationListReport Check(string file, RevocationListOrder order, long entries) =>
        new RevocationListLint(TestData.Settings).Check(file, order, entries, Authority);

    /// <summary>In PEM, as some tools want it.</summary>
    public string Pem(RevocationListBuilt list) => WritePem(Path.GetFileName(list.File), "X509 CRL", File.ReadAllBytes(list.File));

    public string AuthorityPem() => WritePem("authority", "CERTIFICATE", Authority.Certificate.Span);

    public string WritePem(string name, string label, ReadOnlySpan<byte> content) =>
        Folder.Write(name + ".pem", System.Text.Encoding.ASCII.GetBytes(PemEncoding.WriteString(label, content)));

    /// <summary>Serial numbers of 16 octets, ascending with <paramref name="number"/>.</summary>
    public static RevocationEntry Entry(
        int number, RevocationReason reason = RevocationReason.CessationOfOperation, DateTimeOffset? at = null)
    {
        Span<byte> serial = stackalloc byte[16];
        serial[0] = 0x42;
        BinaryPrimitives.WriteInt32BigEndian(serial[12..], number);
        return new(Octets.From(serial), reason, at ?? TestData.Now);
    }

    public void Dispose() => Folder.Dispose();
}
