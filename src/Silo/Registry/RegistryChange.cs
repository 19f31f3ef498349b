using System.Reflection;
using System.Text.Json.Serialization;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Silo.Registry;

/// <summary>
/// 異動: one line of the feed, one change of one resident. Its <c>kind</c> chooses the record below, and with it the members the line has.
/// When it was so comes with the line; when we learnt it is recorded by our own clock.
/// </summary>
/// <param name="ChangeNumber">The registry's own number; the same number again is answered again and done once.</param>
/// <param name="OccurredOn">Since when it is so; it may be long ago, and lie before what came earlier.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Registered), "registered")]
[JsonDerivedType(typeof(Changed), "changed")]
[JsonDerivedType(typeof(Corrected), "corrected")]
[JsonDerivedType(typeof(Removed), "removed")]
public abstract record RegistryChange(ChangeNumber ChangeNumber, ResidentId Resident, DateOnly OccurredOn)
{
    /// <summary>The kinds there are, as they stand in a line.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [.. typeof(RegistryChange).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(each => (string)each.TypeDiscriminator!)];

    /// <summary>住民登録: known from now on, or back.</summary>
    public sealed record Registered(ChangeNumber ChangeNumber, ResidentId Resident, DateOnly OccurredOn, FourAttributes Attributes)
        : RegistryChange(ChangeNumber, Resident, OccurredOn)
    {
        protected override RegisterResident ToCommand() => new(Attributes, OccurredOn);
    }

    /// <summary>4情報の変更: all four as they are since that day.</summary>
    public sealed record Changed(ChangeNumber ChangeNumber, ResidentId Resident, DateOnly OccurredOn, FourAttributes Attributes)
        : RegistryChange(ChangeNumber, Resident, OccurredOn)
    {
        protected override ChangeAttributes ToCommand() => new(Attributes, OccurredOn);
    }

    /// <summary>4情報の訂正: what was told before was wrong; all four as they are since that day.</summary>
    public sealed record Corrected(ChangeNumber ChangeNumber, ResidentId Resident, DateOnly OccurredOn, FourAttributes Attributes)
        : RegistryChange(ChangeNumber, Resident, OccurredOn)
    {
        protected override CorrectAttributes ToCommand() => new(Attributes, OccurredOn);
    }

    /// <summary>住民票の消除: from that day no longer registered.</summary>
    /// <param name="ContinuedUse">国外継続利用 was applied for.</param>
    public sealed record Removed(ChangeNumber ChangeNumber, ResidentId Resident, DateOnly OccurredOn, RemovalCause Cause, bool ContinuedUse = false)
        : RegistryChange(ChangeNumber, Resident, OccurredOn)
    {
        protected override RemoveResident ToCommand() => new(Cause, OccurredOn, ContinuedUse);
    }

    /// <summary>The command it stands for, under an id that follows from the change number.</summary>
    public CommandEnvelope ToEnvelope() => new(CommandId.Derived("registry-change", ChangeNumber.Municipality.Value, ChangeNumber.Value), ToCommand());

    protected abstract ResidentCommand ToCommand();
}
