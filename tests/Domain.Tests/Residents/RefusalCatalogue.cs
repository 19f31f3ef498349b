using System.Reflection;

namespace Jpki.Domain.Tests.Residents;

/// <summary>Every refusal that <see cref="Refusals"/> can make, found by reflection and made with an invented day where it takes one.</summary>
internal static class RefusalCatalogue
{
    public static IReadOnlyList<Refusal> All { get; } =
    [
        .. typeof(Refusals).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => (Refusal)method.Invoke(null, [.. method.GetParameters().Select(_ => (object)new DateOnly(2026, 6, 1))])!),
    ];
}
