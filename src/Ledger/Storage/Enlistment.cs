using Marten;

namespace Jpki.Ledger.Storage;

/// <summary>An append's events as part of a Marten session's one transaction, whoever commits it and with what else.</summary>
internal static class Enlistment
{
    public static void Enlist(this IDocumentSession session, StreamAppend append)
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
