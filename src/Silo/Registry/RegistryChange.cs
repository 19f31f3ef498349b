using System.Reflection;
using System.Text.Json.Serialization;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Silo.Registry;

/// <summary>
/// 異動: one line of the feed, one change of one resident. Its <c>kind</c> chooses the record below, and with it the members the line has.
/// Since when it is so comes with the line as its <c>occurredOn</c>, and may be long ago; when we learnt it is recorded by our own clock.
/// </summary>
/// <param name="ChangeNumber">The registry's own number; the same number again is answered again and done once.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Registered), "registered")]
[JsonDerivedType(typeof(Changed), "changed")]
[JsonDerivedType(typeof(Corrected), "corrected")]
[JsonDerivedType(typeof(Removed), "removed")]
[JsonDerivedType(typeof(RemovalCorrected), "removal-corrected")]
[JsonDerivedType(typeof(WardChanged), "ward-changed")]
public abstract record RegistryChange(ChangeNumber ChangeNumber, ResidentId Resident)
{
    /// <summary>The kinds there are, as they stand in a line.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [.. typeof(RegistryChange).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(each => (string)each.TypeDiscriminator!)];

    /// <summary>住民登録: known from now on, or back.</summary>
    public sealed record Registered(ChangeNumber ChangeNumber, ResidentId Resident, DateOnly OccurredOn, FourAttributes Attributes)
        : RegistryChange(ChangeNumber, Resident)
    {
        protected override RegisterResident ToCommand() => new(Attributes, OccurredOn);
    }

    /// <summary>4情報の変更: all four as they are since that day.</summary>
    public sealed record Changed(ChangeNumber ChangeNumber, ResidentId Resident, DateOnly OccurredOn, FourAttributes Attributes)
        : RegistryChange(ChangeNumber, Resident)
    {
        protected override ChangeAttributes ToCommand() => new(Attributes, OccurredOn);
    }

    /// <summary>4情報の訂正: what was told before was wrong; all four as they are since that day.</summary>
    public sealed record Corrected(ChangeNumber ChangeNumber, ResidentId Resident, DateOnly OccurredOn, FourAttributes Attributes)
        : RegistryChange(ChangeNumber, Resident)
    {
        protected override CorrectAttributes ToCommand() => new(Attributes, OccurredOn);
    }

    /// <summary>住民票の消除: from that day no longer registered.</summary>
    /// <param name="ContinuedUse">国外継続利用 was applied for.</param>
    public sealed record Removed(ChangeNumber ChangeNumber, ResidentId Resident, DateOnly OccurredOn, RemovalCause Cause, bool ContinuedUse = false)
        : RegistryChange(ChangeNumber, Resident)
    {
        protected override RemoveResident ToCommand() => new(Cause, OccurredOn, ContinuedUse);
    }

    /// <summary>消除の訂正: the removal, or the departure announced, was told by mistake. It has no day: what was never so began on none.</summary>
    public sealed record RemovalCorrected(ChangeNumber ChangeNumber, ResidentId Resident) : RegistryChange(ChangeNumber, Resident)
    {
        protected override CorrectRemoval ToCommand() => new();
    }

    /// <summary>後見の異動: the resident became, or is no longer, an adult ward.</summary>
    public sealed record WardChanged(ChangeNumber ChangeNumber, ResidentId Resident, DateOnly OccurredOn, WardChange Change)
        : RegistryChange(ChangeNumber, Resident)
    {
        protected override RecordWardStatus ToCommand() => new(Change, OccurredOn);
    }

    /// <summary>The command it stands for, under an id that follows from the change number.</summary>
    public CommandEnvelope ToEnvelope() => new(CommandId.Derived("registry-change", ChangeNumber.Municipality.Value, ChangeNumber.Value), ToCommand());

    protected abstract ResidentCommand ToCommand();
}
