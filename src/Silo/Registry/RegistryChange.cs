using System.Diagnostics;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Silo.Registry;

/// <summary>異動の種類: what a line of the feed tells.</summary>
public enum ChangeKind
{
    /// <summary>住民登録: the resident is known from now on.</summary>
    Registered,

    /// <summary>4情報の変更: all four attributes as they are now.</summary>
    Changed,
}

/// <summary>異動: one line of the feed, one change of one resident.</summary>
/// <param name="ChangeNumber">The registry's own number; the same number again is answered again and done once.</param>
/// <param name="OccurredOn">Since when it is so, not in the future; it may be long ago. When we learnt it is recorded by our own clock.</param>
/// <param name="Attributes">All four, changed or not.</param>
public sealed record RegistryChange(ChangeNumber ChangeNumber, ResidentId Resident, ChangeKind Kind, DateOnly OccurredOn, FourAttributes Attributes)
{
    /// <summary>The command it stands for, under an id that follows from the change number.</summary>
    public CommandEnvelope ToEnvelope() => new(
        CommandId.Derived("registry-change", ChangeNumber.Municipality.Value, ChangeNumber.Value),
        Kind switch
        {
            ChangeKind.Registered => new RegisterResident(Attributes, OccurredOn),
            ChangeKind.Changed => new ChangeAttributes(Attributes, OccurredOn),
            _ => throw new UnreachableException("A kind that is not in the list is not read."),
        });

    public override string ToString() => $"RegistryChange({ChangeNumber})";
}
