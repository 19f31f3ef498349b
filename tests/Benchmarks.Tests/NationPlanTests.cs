using System.Runtime.CompilerServices;
using Jpki.Benchmarks.Nation;

namespace Jpki.Benchmarks.Tests;

/// <summary>The page's arithmetic is the program's.</summary>
public sealed class NationPlanTests
{
    [Fact]
    public void The_page_shows_the_rows_that_are_calculated()
    {
        var page = File.ReadAllLines(Path.Combine(Root(), "docs", "performance.md"));

        Assert.All(NationPlan.Lines, line => Assert.Contains(line, page));
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
