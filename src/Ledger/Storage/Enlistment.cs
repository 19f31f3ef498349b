using Marten;

namespace Jpki.Ledger.Storage;

/// <summary>An append as part of a session's one transaction, whoever commits it and with how many others.</summary>
internal static class Enlistment
{
    /// <summary>The events and every row kept beside them.</summary>
    public static void Enlist(this IDocumentSession session, StreamAppend append)
    {
        EnlistEvents(session, append);
        EnlistRows(session, append);
    }

    /// <summary>Every row kept beside the events.</summary>
    public static void EnlistRows(this IDocumentSession session, StreamAppend append)
    {
        if (append.Kept.Work is { } work)
            ResidentWork.Enlist(session, work);
        foreach (var change in append.Kept.Certificates)
            CertificateRow.Enlist(session, change);
    }

    private static void EnlistEvents(IDocumentSession session, StreamAppend append)
    {
        var events = append.Events.Select(each => Envelope(session, each)).ToArray();
        if (append.ExpectedVersion == 0)
            session.Events.StartStream(append.Stream, events);
        else
            session.Events.Append(append.Stream, append.ExpectedVersion + events.Length, events); // Marten expects the version after the append.
    }

    private static object Envelope(IDocumentSession session, NewEvent happened)
    {
        var envelope = session.Events.BuildEvent(happened.Body);
        StoredProvenance.Write(envelope, happened.Provenance);
        return envelope;
    }
}
