namespace Jpki.Domain.Residents;

/// <summary>
/// コマンド: what somebody asks to happen to a resident's certificates. One file in <c>Procedures</c> each, with its rule; the wire name is
/// in the attribute.
/// </summary>
public abstract record ResidentCommand
{
    /// <summary>The name under which it is sent, e.g. <c>suspend-certificates</c>.</summary>
    public string Name() => StoredNameAttribute.Of(GetType()).Name;
}

/// <summary>A command the back office gives itself; it is never taken from outside.</summary>
public abstract record InternalCommand : ResidentCommand;
