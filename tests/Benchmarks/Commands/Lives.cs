using System.Globalization;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;

namespace Jpki.Benchmarks.Commands;

/// <summary>
/// 短い一生: short lives, one after the other for each caller: registered, then moved four times. Each command leaves one event; every fifth
/// finds a resident who is not in memory.
/// </summary>
/// <param name="send">A caller's next command.</param>
internal sealed class Lives(int callers, Func<ResidentId> newResident, Func<int, LifeStep, CancellationToken, ValueTask> send)
{
    public const int Events = 5;

    private static readonly FourAttributes Attributes = new("昭島 くじら子", "東京都昭島市田中町1-17-1", new DateOnly(1990, 9, 23), Sex.Female);

    /// <summary>What befalls everybody, in order.</summary>
    public static IReadOnlyList<ResidentCommand> Commands { get; } =
    [
        new RegisterResident(Attributes, new DateOnly(2020, 4, 1)),
        .. Enumerable.Range(1, Events - 1).Select(move => new ChangeAttributes(
            Attributes with { Address = string.Create(CultureInfo.InvariantCulture, $"東京都昭島市玉川町3-2-{move}") }, new DateOnly(2026, 5, 30))),
    ];

    private readonly (ResidentId Resident, int Done)[] _present = new (ResidentId, int)[callers];

    /// <summary>The caller's next command.</summary>
    public async Task NextAsync(int caller, CancellationToken cancellation)
    {
        var (resident, done) = _present[caller];
        if (done % Events == 0)
            resident = newResident();
        await send(caller, new(resident, done % Events, Guid.CreateVersion7()), cancellation);
        _present[caller] = (resident, done + 1);
    }
}

/// <param name="Index">Which of <see cref="Lives.Commands"/>.</param>
/// <param name="Command">The command's id.</param>
internal readonly record struct LifeStep(ResidentId Resident, int Index, Guid Command);
