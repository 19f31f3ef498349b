using System.CommandLine;
using Jpki.Audit.Notes;
using Jpki.Audit.Verification;

namespace Jpki.Audit.Tool.Sources;

/// <summary>Options that say what a verification rests on.</summary>
internal sealed class KeyOptions
{
    public Option<string> Key { get; } = new("--key") { Description = "The record's public key: its text (name+hash+key) or a file with it", Required = true };

    public Option<string[]> Witness { get; } = new("--witness")
    {
        Description = "A witness's public key, text or file; its cosignatures must be there",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public Option<FileInfo[]> Known { get; } = new("--known")
    {
        Description = "A file with a checkpoint kept earlier: the record must still agree with it",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    public void AddTo(Command command)
    {
        foreach (Option each in (Option[])[Key, Witness, Known])
            command.Add(each);
    }

    /// <exception cref="UsageException">A key is none.</exception>
    /// <exception cref="UnreachableSourceException">A file can't be read.</exception>
    public VerificationOptions Read(ParseResult parsed) => new(KeyOf(parsed.GetValue(Key)!, NoteKeyKind.Ed25519))
    {
        Witnesses = [.. parsed.GetValue(Witness)!.Select(each => KeyOf(each, NoteKeyKind.Cosignature))],
        Known = [.. parsed.GetValue(Known)!.Select(NoteOf)],
    };

    /// <exception cref="UsageException">It is no public key of that kind.</exception>
    public static NoteKey KeyOf(string given, NoteKeyKind kind)
    {
        var text = File.Exists(given) ? Files.Text(new(given)).Trim() : given;
        return NoteKey.TryParse(text, out var key) && key.Kind == kind
            ? key
            : throw new UsageException(
                $"「{given}」はこの用途の公開鍵でも、そのファイルでもありません。", $"'{given}' is no public key of this kind, nor a file with one.");
    }

    private static SignedNote NoteOf(FileInfo file) => SignedNote.TryParse(Files.Text(file), out var note)
        ? note
        : throw new UsageException($"{file} はチェックポイントではありません。", $"{file} is no checkpoint.");
}
