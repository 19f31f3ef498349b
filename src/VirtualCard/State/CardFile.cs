using System.Text.Json;
using System.Text.Json.Serialization;

namespace Jpki.VirtualCard.State;

/// <summary>
/// The card's memory as a JSON file that only its owner may read: it holds private keys and PINs in the clear, which is
/// one of the reasons why this card is a simulation.
/// </summary>
internal static class CardFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <exception cref="InvalidDataException">The file is not a card of this program.</exception>
    public static CardState Read(string path)
    {
        using var stream = File.OpenRead(path);
        try
        {
            return JsonSerializer.Deserialize(stream, CardStateJson.Default.CardState) ?? throw new InvalidDataException(NoCard(path));
        }
        catch (JsonException)
        {
            // The parser's own message may quote what it read, which may be a PIN.
            throw new InvalidDataException(NoCard(path));
        }
    }

    /// <summary>Replaces the file in one step: a crash leaves the old card or the new one, never a torn file.</summary>
    public static void Write(string path, CardState state)
    {
        var temporary = path + ".new";
        using (var stream = new FileStream(temporary, NewFile()))
        {
            JsonSerializer.Serialize(stream, state, CardStateJson.Default.CardState);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    private static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return options;
    }

    private static string NoCard(string path) => $"'{path}' is not a virtual card.";
}

[JsonSerializable(typeof(CardState))]
[JsonSourceGenerationOptions(WriteIndented = true)]
internal sealed partial class CardStateJson : JsonSerializerContext;
