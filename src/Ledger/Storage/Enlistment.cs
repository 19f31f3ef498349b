using Marten;

namespace Jpki.Ledger.Storage;

/// <summary>An append as part of a session's one transaction, whoever commits it and with how many others.</summary>
internal static class Enlistment
{
    /// <summary>The events and every row kept beside them.</summary>
    /// <param name="eventIds">An id for each event; none leaves them to Marten.</param>
    public static void Enlist(this IDocumentSession session, StreamAppend append, IReadOnlyList<Guid>? eventIds = null)
    {
        EnlistEvents(session, append, eventIds);
        EnlistRows(session, append);
    }

    private static void EnlistEvents(IDocumentSession session, StreamAppend append, IReadOnlyList<Guid>? eventIds)
    {
        var events = append.Events.Select((each, index) => Envelope(session, each, eventIds?[index])).ToArray();
        if (append.ExpectedVersion == 0)
            session.Events.StartStream(append.Stream, events);
        else
            session.Events.Append(append.Stream, append.ExpectedVersion + events.Length, events); // Marten expects the version after the append.
    }

    private static void EnlistRows(IDocumentSession session, StreamAppend append)
    {
        if (append.Kept.Work is { } work)
            ResidentWork.Enlist(session, work);
        foreach (var change in append.Kept.Certificates)
            CertificateRow.Enlist(session, change);
    }

    private static object Envelope(IDocumentSession session, NewEvent happened, Guid? id)
    {
        var envelope = session.Events.BuildEvent(happened.Body);
        if (id is { } given)
            envelope.Id = given;
        StoredProvenance.Write(envelope, happened.Provenance);
        return envelope;
    }
}
