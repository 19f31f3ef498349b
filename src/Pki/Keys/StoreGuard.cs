namespace Jpki.Pki.Keys;

/// <summary>What every work on a store has around it: settings that may be used, and failures of files and tokens as answers.</summary>
internal static class StoreGuard
{
    public static StoreResult Run(string folder, AuthoritySettings settings, Func<StoreResult> work)
    {
        if (settings.Problems() is { Count: > 0 } problems)
            return new StoreRefused(StoreFailure.SettingsRefused, string.Join(" ", problems));
        try
        {
            return work();
        }
        // The keys are opened side by side, and what fails there arrives wrapped.
        catch (AggregateException wrapped) when (wrapped.InnerExceptions.All(each => AnswerTo(folder, each) is not null))
        {
            return AnswerTo(folder, wrapped.InnerExceptions[0])!;
        }
        catch (Exception failed) when (AnswerTo(folder, failed) is not null)
        {
            return AnswerTo(folder, failed)!;
        }
    }

    private static StoreRefused? AnswerTo(string folder, Exception failure) => failure switch
    {
        KeyUnavailableException token => new(token.Failure, token.Message),
        InvalidDataException damaged => new(StoreFailure.Damaged, damaged.Message),
        IOException or UnauthorizedAccessException => new(StoreFailure.NotAccessible, $"{folder}: {failure.Message}"),
        _ => null,
    };
}
