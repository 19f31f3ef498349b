using JasperFx.Events;
using Marten;
using StreamTaken = Marten.Exceptions.ExistingStreamIdCollisionException;

namespace Jpki.Ledger.Storage;

/// <summary>One session and one transaction for each append.</summary>
internal sealed class SingleStreamWriter(LedgerStore store) : IStreamWriter
{
    public async Task<AppendOutcome> AppendAsync(StreamAppend append, CancellationToken cancellation)
    {
        await using var session = store.Documents.LightweightSession();
        Enlist(session, append);
        if (append.Work is { } work)
            ResidentWork.Enlist(session, work);
        try
        {
            await session.SaveChangesAsync(cancellation);
            return new AppendOutcome.Appended(append.ToRecorded());
        }
        catch (Exception e) when (e is EventStreamUnexpectedMaxEventIdException or StreamTaken)
        {
            return AppendOutcome.Conflict.Instance;
        }
    }

    private static void Enlist(IDocumentSession session, StreamAppend append)
    {
        var key = append.Resident.Value;
        var events = append.Events.Select(each => Envelope(session, each, append)).ToArray();
        if (append.ExpectedVersion == 0)
            session.Events.StartStream(key, events);
        else
            session.Events.Append(key, append.ExpectedVersion + events.Length, events); // Marten expects the version after the append.
    }

    private static object Envelope(IDocumentSession session, object happened, StreamAppend append)
    {
        var envelope = session.Events.BuildEvent(happened);
        StoredProvenance.Write(envelope, append.Provenance);
        return envelope;
    }
}
