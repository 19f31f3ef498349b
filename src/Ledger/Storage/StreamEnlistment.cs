using Marten;

namespace Jpki.Ledger.Storage;

/// <summary>An append as changes of a session: the events, and the rows that follow from them.</summary>
internal static class StreamEnlistment
{
    /// <param name="eventIds">An id for each event; none leaves them to Marten.</param>
    public static void Enlist(IDocumentSession session, StreamAppend append, IReadOnlyList<Guid>? eventIds = null)
    {
        var key = append.Resident.Value;
        var events = append.Events.Select((each, index) => Envelope(session, each, append, eventIds?[index])).ToArray();
        if (append.ExpectedVersion == 0)
            session.Events.StartStream(key, events);
        else
            session.Events.Append(key, append.ExpectedVersion + events.Length, events); // Marten expects the version after the append.
        if (append.Work is { } work)
            ResidentWork.Enlist(session, work);
    }

    private static object Envelope(IDocumentSession session, object happened, StreamAppend append, Guid? id)
    {
        var envelope = session.Events.BuildEvent(happened);
        if (id is { } given)
            envelope.Id = given;
        StoredProvenance.Write(envelope, append.Provenance);
        return envelope;
    }
}
