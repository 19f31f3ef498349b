using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Domain;

/// <summary>What a sender posts: one command under an id of its own choice.</summary>
/// <param name="CommandId">The same id sent again is answered again and done once.</param>
public sealed record CommandEnvelope(CommandId CommandId, ResidentCommand Command);

/// <summary>What comes back: the events the command caused, durable before they are answered.</summary>
public sealed record CommandAnswer(CommandId CommandId, IReadOnlyList<Recorded> Events);
