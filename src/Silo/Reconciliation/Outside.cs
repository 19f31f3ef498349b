using System.Net.Http.Headers;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Ledger;
using Jpki.Pki.Keys;
using Jpki.Pki.Ocsp;
using Jpki.Pki.Revocation;
using Jpki.Silo.Revocation;

namespace Jpki.Silo.Reconciliation;

/// <summary>外部への公表: what outsiders are told, fetched the way they fetch it.</summary>
internal sealed class Outside(Authorities authorities, ListShelf shelf, ListPublisher publisher, HttpClient http) : IDisposable
{
    private readonly Dictionary<RevocationListScope, Dictionary<SerialNumber, RevocationReason>> lists = [];

    /// <summary>Has due lists made, and reads all of them anew.</summary>
    public async Task FetchListsAsync(CancellationToken cancellation)
    {
        lists.Clear();
        foreach (var duty in publisher.Duties)
        {
            await publisher.PublishDueAsync(duty, cancellation);
            lists[duty.Scope] = await ReadAsync(duty.Scope, cancellation);
        }
    }

    /// <summary>What the lists say; none when nothing, which is good.</summary>
    public RevocationReason? Listed(RegisteredCertificate certificate) =>
        lists.TryGetValue(new(certificate.AuthorityKeyId, certificate.Municipality), out var list) && list.TryGetValue(certificate.Serial, out var reason)
            ? reason : null;

    /// <summary>What OCSP answers of certificates of one authority; absent what it does not answer of, none what it does not know.</summary>
    public async Task<IReadOnlyDictionary<SerialNumber, RevocationStatus?>> AskAsync(
        string authorityKeyId, IEnumerable<SerialNumber> serials, CancellationToken cancellation)
    {
        var answers = new Dictionary<SerialNumber, RevocationStatus?>();
        if (authorities.ByKeyId(authorityKeyId) is not { } authority)
            return answers;
        var inquiry = new OcspInquiry(authority);
        foreach (var some in serials.Chunk(OcspRequestReader.MostCertificates))
        {
            using var request = new ByteArrayContent(inquiry.Ask(some));
            request.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
            using var response = await http.PostAsync(new Uri("pki/ocsp", UriKind.Relative), request, cancellation);
            foreach (var (serial, status) in OcspInquiry.Read(await response.Content.ReadAsByteArrayAsync(cancellation)) ?? new Dictionary<SerialNumber, RevocationStatus?>())
                answers[serial] = status;
        }

        return answers;
    }

    public void Dispose() => http.Dispose();

    private async Task<Dictionary<SerialNumber, RevocationReason>> ReadAsync(RevocationListScope scope, CancellationToken cancellation)
    {
        var listed = new Dictionary<SerialNumber, RevocationReason>();
        foreach (var kind in Enum.GetValues<ListKind>())
        {
            if (await shelf.OpenAsync(scope, kind, cancellation) is not { } open)
                continue;
            await using var content = open.Content;
            foreach (var entry in RevocationListReader.Entries(content.Name))
                Apply(listed, entry);
        }

        return listed;
    }

    private static void Apply(Dictionary<SerialNumber, RevocationReason> listed, RevocationEntry entry)
    {
        var serial = SerialNumber.FromOctets(entry.Serial.Span);
        if (entry.Reason == RevocationReason.RemoveFromCrl)
            listed.Remove(serial);
        else
            listed[serial] = entry.Reason;
    }
}
