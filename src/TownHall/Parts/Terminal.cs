using Jpki.Counter.Gateway.Cards;
using Jpki.Domain.Rules;

namespace Jpki.TownHall.Parts;

/// <summary>
/// 端末の登録: the counter's key and its certificate, and the authority that cards are made to trust. Development only: a real terminal gets its
/// certificate from outside (simulated, like all of personalisation).
/// </summary>
internal sealed record Terminal(string KeyFile, string CertificateFile, byte[] AuthorityPublicKey)
{
    private const string TerminalId = "AKISHIMA-01";

    /// <summary>Reads them from the folder, making what is missing and renewing a certificate that ends.</summary>
    public static Terminal Open(string folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        var (authorityFile, keyFile, certificateFile) =
            (Path.Combine(folder, "terminal-authority.pem"), Path.Combine(folder, "terminal-key.pem"), Path.Combine(folder, "terminal.cert"));
        using var authority = File.Exists(authorityFile) ? TerminalAuthority.FromPem(File.ReadAllText(authorityFile)) : TerminalAuthority.Create();
        if (!File.Exists(authorityFile))
            WritePrivately(authorityFile, authority.ExportPem());

        var today = Jst.DayOf(time.GetUtcNow());
        var good = File.Exists(keyFile) && File.Exists(certificateFile)
            && TerminalCertificate.Parse(File.ReadAllBytes(certificateFile)) is { } certificate && certificate.ValidUntil > today;
        if (!good)
        {
            File.Delete(keyFile);
            FileTerminal.Provision(authority, TerminalId, today.AddYears(1), keyFile, certificateFile);
        }

        return new Terminal(keyFile, certificateFile, authority.PublicKey);
    }

    private static void WritePrivately(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }
}
