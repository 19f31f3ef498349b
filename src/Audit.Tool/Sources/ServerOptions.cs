using System.CommandLine;
using Jpki.Domain.Identifiers;

namespace Jpki.Audit.Tool.Sources;

/// <summary>Options that say where a live system is, and who asks.</summary>
internal sealed class ServerOptions
{
    public Option<string?> Server { get; } = new("--server") { Description = "The back office's API, e.g. https://jpki.city.example: for auditors, with --token-file" };

    public Option<string?> Log { get; } = new("--log") { Description = "The public side, e.g. https://pki.city.example: keys, checkpoints and proofs for everybody; default: --server" };

    public Option<string?> Municipality { get; } = new("--municipality") { Description = "5 digits, e.g. 13207" };

    public Option<FileInfo?> TokenFile { get; } = new("--token-file") { Description = "A file with the auditor's bearer token" };

    public Option<FileInfo?> Authority { get; } = new("--ca") { Description = "A PEM file with the authority that the server's TLS certificate is from, where the machine does not know it" };

    public void AddTo(Command command)
    {
        foreach (Option each in (Option[])[Server, Log, Municipality, TokenFile, Authority])
            command.Add(each);
    }

    /// <param name="server">The API where an argument names it.</param>
    /// <exception cref="UsageException">Something needed is missing.</exception>
    /// <exception cref="UnreachableSourceException">A file can't be read.</exception>
    public AuditServer Open(ParseResult parsed, Uri? server = null)
    {
        var api = server ?? Address(parsed, Server);
        var log = Address(parsed, Log) ?? api;
        if (log is null)
            throw new UsageException("--server または --log が必要です。", "--server or --log is needed.");
        if (!MunicipalityCode.TryParse(parsed.GetValue(Municipality), null, out var municipality))
            throw new UsageException("--municipality に5桁の市区町村コードが必要です。", "--municipality needs 5 digits.");
        var token = parsed.GetValue(TokenFile) is { } file ? Files.Text(file).Trim() : null;
        return new(api ?? log, log, municipality, token, parsed.GetValue(Authority));
    }

    private static Uri? Address(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new UsageException($"{option.Name} は http または https のURLです。", $"{option.Name} is an http or https URL.");
}
