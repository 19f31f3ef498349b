using System.Globalization;
using Jpki.Domain.Statistics;
using Jpki.Domain.Tests.Residents;

namespace Jpki.Domain.Tests.Statistics;

/// <summary>集計: what a scene counts for, a line a cell, so that a specification reads like a row of the table.</summary>
internal static class Counting
{
    /// <summary>
    /// The cells of a figure, in order: day, office, then every dimension that is not empty (kind, procedure, reason, fee, applicant, detail), count,
    /// and yen where there are any.
    /// </summary>
    public static IEnumerable<string> Cells(this Scene scene, Figure figure) =>
        scene.Sums().All.Where(each => each.Key.Figure == figure).Select(each => Line(each.Key, each.Value)).Order(StringComparer.Ordinal);

    public static CellSums Sums(this Scene scene)
    {
        var (sums, facts) = (new CellSums(), ResidentFacts.None);
        foreach (var recorded in scene.Told)
            facts = StatisticsFold.With(facts, recorded, sums);
        return sums;
    }

    public static ResidentFacts Facts(this Scene scene) =>
        scene.Told.Aggregate(ResidentFacts.None, (facts, each) => StatisticsFold.With(facts, each, new CellSums()));

    /// <summary>A random life, as far as its steps were accepted.</summary>
    public static Scene Lived(this Life life)
    {
        var scene = Stories.Registered(life.Person).Under(life.Rules);
        foreach (var (n, step) in life.Steps.Prepend(new Step(Act.HandOver, life.OptedOut, 1, 0, false)).Index())
        {
            scene = LifeTests.Later(scene, step).By(step.By);
            var command = step.Command(life, scene);
            if (scene.When(command).Decision is Decision.Accepted)
                scene = scene.Done(command, Scene.Id(1000 + n));
        }

        return scene;
    }

    public static string Line(CellKey key, CellSum sum)
    {
        string[] told = [key.Day.ToString("o", CultureInfo.InvariantCulture), key.Office, key.Kind, key.Procedure, key.Reason, key.Fee, key.Applicant, key.Detail];
        var line = string.Join(' ', told.Where(each => each.Length > 0));
        return string.Create(CultureInfo.InvariantCulture, $"{line}: {sum.Count}{(sum.Yen == 0 ? "" : $", {sum.Yen} yen")}");
    }
}
