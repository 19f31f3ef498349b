using System.Globalization;
using Jpki.Domain.Rules;

namespace Jpki.TownHall.Day;

/// <summary>Tells the day in plain words and counts what was checked.</summary>
internal sealed class Narrator(TextWriter output)
{
    private readonly List<string> _broken = [];
    private int _held;

    /// <summary>Checks that held so far.</summary>
    public int Held => _held;

    /// <summary>Checks that did not, in order.</summary>
    public IReadOnlyList<string> Broken => _broken;

    public void Say(string line) => output.WriteLine(line);

    public void Scene(DateTimeOffset at, string title)
    {
        var jst = at.ToOffset(Jst.Offset);
        output.WriteLine();
        output.WriteLine($"── {jst.ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} JST (played clock) ── {title}");
    }

    public void Tell(string sentence) => output.WriteLine($"   {sentence}");

    /// <summary>One line of what the clerk sees.</summary>
    public void Counter(string line) => output.WriteLine($"   │ {line.Trim()}");

    public void Check(bool holds, string what)
    {
        output.WriteLine($"   {(holds ? "✓" : "✗ NOT SO:")} {what}");
        if (holds)
            _held++;
        else
            _broken.Add(what);
    }
}
