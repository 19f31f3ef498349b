using System.CommandLine;
using Jpki.Audit.Notes;
using Jpki.Audit.Tool.Console;
using Jpki.Audit.Tool.Sources;
using Jpki.Pki.Notes;

namespace Jpki.Audit.Tool.Commands;

/// <summary><c>audit witness-key</c>: makes a witness's own key; the public half is printed, to be given to the municipality and to auditors.</summary>
internal static class WitnessKeyCommand
{
    public static Command Create(CommonOptions common, Surroundings surroundings)
    {
        var name = new Option<string>("--name") { Description = "The witness's name, e.g. witness.audit.example", Required = true };
        var file = new Option<FileInfo>("--key-file") { Description = "Where the private key goes; it must not be there yet", Required = true };
        var command = new Command("witness-key", "証人の鍵: makes a witness's key pair, and prints the public half.") { name, file };
        common.Run(command, surroundings, (parsed, screen, _) =>
        {
            var (given, target) = (parsed.GetValue(name)!, parsed.GetValue(file)!);
            if (!NoteKey.IsName(given))
                throw new UsageException("--name に空白と + は使えません。", "--name has no spaces and no plus sign.");
            if (target.Exists)
                throw new UsageException($"{target} はすでにあります。", $"{target} is there already.");
            var signer = Ed25519NoteSigner.Generate(given, NoteKeyKind.Cosignature);
            Files.WriteSecret(target.FullName, signer.ToPrivateText() + "\n");
            screen.Raw(signer.Key + "\n");
            return Task.FromResult(ExitCode.Good);
        });
        return command;
    }
}
