using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Jpki.Domain.Json;
using Spectre.Console;

namespace Jpki.Audit.Tool.Console;

/// <summary>Where a command says what it found: as text in one of two languages, with tables on a terminal and tabs elsewhere, or as JSON.</summary>
internal sealed class Screen
{
    private static readonly JsonSerializerOptions _json = CreateJson();

    private readonly Surroundings _surroundings;

    public Screen(Surroundings surroundings, bool isJapanese, bool isJson) => (_surroundings, IsJapanese, IsJson) = (surroundings, isJapanese, isJson);

    public bool IsJapanese { get; }

    public bool IsJson { get; }

    public TimeProvider Time => _surroundings.Time;

    /// <summary>The sentence in the language of the user.</summary>
    public string Say(string japanese, string english) => IsJapanese ? japanese : english;

    public void Line(string japanese, string english) => _surroundings.Output.WriteLine(Say(japanese, english));

    /// <summary>Something that is the same in any language, and is meant to be taken up by another program.</summary>
    public void Raw(string text) => _surroundings.Output.Write(text);

    /// <summary>The one JSON object of a command.</summary>
    public void Object(object value) => _surroundings.Output.WriteLine(JsonSerializer.Serialize(value, value.GetType(), _json));

    public int Fail(string japanese, string english, int code)
    {
        _surroundings.Error.WriteLine(Say(japanese, english));
        return code;
    }

    /// <summary>Rows under headings: a table on a terminal, tab-separated lines elsewhere.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (!_surroundings.IsTerminal)
        {
            _surroundings.Output.WriteLine(string.Join('\t', headings));
            foreach (var row in rows)
                _surroundings.Output.WriteLine(string.Join('\t', row));
            return;
        }

        var table = new Table().Border(TableBorder.Rounded);
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(Markup.Escape(heading)));
        foreach (var row in rows)
            table.AddRow([.. row.Select(Markup.Escape)]);
        Terminal().Write(table);
    }

    /// <summary>Runs something long, showing how far it is on a terminal.</summary>
    public async Task<T> WatchAsync<T>(string japanese, string english, Func<IProgress<long>?, Task<T>> work)
    {
        if (!_surroundings.IsTerminal || IsJson)
            return await work(null);
        return await Terminal().Status().StartAsync(
            Say(japanese, english),
            context => work(new Shown(count => context.Status($"{Markup.Escape(Say(japanese, english))} {count:N0}"))));
    }

    private IAnsiConsole Terminal() => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(_surroundings.Output) });

    /// <summary>The contract's options, for findings and reports that are not part of it, which leave out what is not there.</summary>
    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        Contract.Apply(options);
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        return options;
    }

    private sealed class Shown(Action<long> show) : IProgress<long>
    {
        public void Report(long value) => show(value);
    }
}
