using System.Collections.Concurrent;

namespace Jpki.Domain;

/// <summary>
/// The name under which an event is stored or a command sent, for ever, and its Japanese term. The C# name may change; this may not.
/// </summary>
/// <param name="name">Kebab case; events end in their version, e.g. <c>certificate-suspended.v1</c>.</param>
/// <param name="japanese">The term people read.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoredNameAttribute(string name, string japanese) : Attribute
{
    // Reflection makes a new attribute each time it is asked, and every command and event asks.
    private static readonly ConcurrentDictionary<Type, StoredNameAttribute> _known = [];

    public string Name { get; } = name;

    public string Japanese { get; } = japanese;

    /// <exception cref="InvalidOperationException">The type carries no stored name: a bug, found by a test.</exception>
    public static StoredNameAttribute Of(Type type) => _known.GetOrAdd(type, static type =>
        (StoredNameAttribute?)GetCustomAttribute(type, typeof(StoredNameAttribute))
        ?? throw new InvalidOperationException($"{type.Name} has no stored name."));
}
