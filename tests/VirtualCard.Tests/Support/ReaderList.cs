using Jpki.VirtualCard.Readers;

namespace Jpki.VirtualCard.Tests.Support;

/// <summary>The readers as an outside program sees them.</summary>
internal static class ReaderList
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>One line a reader, in the daemon's order; "Yes" in it means that a card is inside.</summary>
    public static async Task<string[]> ReadAsync(PrivatePcscd daemon)
    {
        var listed = await Tool.RunAsync("opensc-tool", daemon.SocketPath, "-l");
        return [.. listed.Output.Split('\n').Where(line => line.Length > 0 && char.IsAsciiDigit(line[0]))];
    }

    /// <summary>The list as soon as a card is in some reader; the daemon looks every 0.4 s.</summary>
    public static async Task<string[]> WithCardAsync(PrivatePcscd daemon)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var list = await ReadAsync(daemon);
            if (list.Any(HasCard))
                return list;
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, $"No card in any reader:\n{string.Join('\n', list)}");
        }
    }

    public static bool HasCard(string line) => line.Contains("Yes", StringComparison.Ordinal);
}
