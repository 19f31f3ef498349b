using Jpki.Domain;

namespace Jpki.Grains;

/// <summary>The back office as an actor of its own: what it records and ends by itself.</summary>
internal static class BackOffice
{
    public static readonly Actor Actor = new("back-office", Role.System, null);
}
