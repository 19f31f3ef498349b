using Jpki.Domain.Rules;

namespace Jpki.TownHall.Day;

/// <summary>一日の流れ: the scenes with their times.</summary>
internal static class PlayedDay
{
    private static readonly (int DaysLater, TimeOnly At, Func<Stage, DateTimeOffset, CancellationToken, Task> Play)[] _scenes =
    [
        (0, new(9, 0), MorningScenes.HandOverAsync),
        (0, new(9, 30), MorningScenes.OutsideToolsAsync),
        (0, new(9, 45), MorningScenes.SignAsync),
        (0, new(10, 30), MorningScenes.MoveHouseAsync),
        (0, new(11, 0), MorningScenes.ReissueAsync),
        (0, new(22, 15), LossScenes.ReportLossAsync),
        (1, new(8, 40), LossScenes.ClerkIsRefusedAsync),
        (1, new(9, 0), LossScenes.ReleaseAsync),
        (1, new(9, 20), LossScenes.ForgetPinAsync),
        (1, new(9, 40), LossScenes.CheckCardAsync),
        (1, new(10, 0), LossScenes.HistoryAsync),
        (1, new(10, 30), AuditScenes.VerifyAsync),
    ];

    public static async Task PlayAsync(Stage stage, DateOnly monday, CancellationToken cancellationToken)
    {
        foreach (var (daysLater, time, play) in _scenes)
            await play(stage, Jst.At(monday.AddDays(daysLater), time), cancellationToken);
    }
}
