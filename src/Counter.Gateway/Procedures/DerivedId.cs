using Jpki.Domain.Identifiers;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>
/// Command ids that follow from what the command is about. A gateway killed between sending and hearing sends, after its restart, the same
/// command under the same id, and so it is done once.
/// </summary>
public static class DerivedId
{
    /// <inheritdoc cref="CommandId.DerivedFrom"/>
    public static CommandId From(params ReadOnlySpan<string> parts) => CommandId.DerivedFrom(parts);

    public static CommandId New() => new(Guid.CreateVersion7());
}
