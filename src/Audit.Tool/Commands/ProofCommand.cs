using System.CommandLine;
using Jpki.Audit.Records;
using Jpki.Audit.Tool.Console;
using Jpki.Audit.Tool.Sources;
using Jpki.Audit.Verification;
using Jpki.Pki.Notes;

namespace Jpki.Audit.Tool.Commands;

/// <summary><c>audit proof</c>: a proof bundle, without any server.</summary>
internal static class ProofCommand
{
    public static Command Create(CommonOptions common, Surroundings surroundings)
    {
        var file = new Argument<FileInfo>("bundle") { Description = "A proof bundle (JSON)" };
        var keys = new KeyOptions();
        var command = new Command("proof", "証明書類の検証: that one event is in the record that the key signed.") { file };
        keys.AddTo(command);
        common.Run(command, surroundings, (parsed, screen, _) =>
        {
            var options = keys.Read(parsed);
            var bundle = ProofBundle.Parse(System.Text.Encoding.UTF8.GetBytes(Files.Text(parsed.GetValue(file)!)));
            var findings = bundle is null ? [Findings.NotABundle()] : BundleVerifier.Verify(bundle, options, Ed25519Judge.Instance);
            return Task.FromResult(Show(screen, bundle, findings));
        });
        return command;
    }

    private static int Show(Screen screen, ProofBundle? bundle, IReadOnlyList<Finding> findings)
    {
        if (screen.IsJson)
            screen.Object(new { IsProven = findings.Count == 0, bundle?.Event.Stream, bundle?.Event.Version, bundle?.Event.Type, bundle?.Event.Index, bundle?.Size, Findings = findings });
        else
            FindingText.Show(screen, findings);
        if (findings.Count > 0)
            return ExitCode.Findings;

        var proven = bundle!.Event;
        if (!screen.IsJson)
            screen.Line(
                $"証明されました: {proven.Stream} 第{proven.Version}版 {proven.Type}（葉{proven.Index}、{bundle.Size}枚中）",
                $"Proven: {proven.Stream} version {proven.Version}, {proven.Type} (leaf {proven.Index} of {bundle.Size})");
        return ExitCode.Good;
    }
}
