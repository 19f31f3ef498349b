using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Silo.Tools.Ceremonies;

/// <summary>What a ceremony was.</summary>
/// <param name="Word">In the record's file name.</param>
internal sealed record RecordTitle(string Japanese, string English, string Word)
{
    /// <summary>A line of its own.</summary>
    public string? Remark { get; init; }
}

/// <summary>
/// 鍵生成記録: what was done, to be printed and signed. An auditor can compare fingerprints and files with it years later; nothing in it is secret.
/// </summary>
internal static class CeremonyRecord
{
    public static string Write(Installation installation, RecordTitle title, Officers officers, IReadOnlyList<GenerationRow> rows)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            {title.Japanese}  {title.English}
            ================================================================

            日時 When:               {Jst(installation.Now)}
            場所 Where:              {Environment.MachineName}
            保管場所 Store:          {installation.Folder}
            立会者1 First officer:   {officers.First}
            立会者2 Second officer:  {officers.Second}
            合言葉 Passphrase:       {(officers.InTwoParts ? "両名が半分ずつ保持 two parts, one held by each officer" : "一つ one, in one hand")}
            ソフトウェア Software:   {Version()}

            """);
        if (title.Remark is { } remark)
            text.AppendLine(remark);
        foreach (var row in rows)
            Append(text, row);
        return text.Append("""

            上記のとおり相違ありません。 The above is what was done.

            立会者1 First officer:   ____________________________   年月日 Date: ______________

            立会者2 Second officer:  ____________________________   年月日 Date: ______________

            """).ToString();
    }

    private static void Append(StringBuilder text, GenerationRow row)
    {
        text.AppendLine().Append(CultureInfo.InvariantCulture, $"""
            認証局 Authority:        {(row.Kind == CertificateKind.Signature ? "署名用" : "利用者証明用")} {row.Kind.PathName()}
            世代 Generation:         {row.Number:D4}
            状態 State:              {ListCommand.Word(row.State)}
            鍵の置き場 Key kept in:  {(row.Place.Length == 0 ? "廃棄済 destroyed" : row.Place)}
            アルゴリズム Algorithm:  {AuthorityCommand.Word(row.Algorithm)}
            鍵識別子 Key identifier: {row.KeyId}
            有効期間 Valid:          {Jst(row.NotBefore)} – {Jst(row.NotAfter)}
            発行開始 Issues from:    {Jst(row.IssuesFrom)}
            証明書SHA-256 Certificate SHA-256:
              {Fingerprint(row)}
            ファイル Files (SHA-256):

            """);
        foreach (var (name, sha256) in row.Files)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {sha256}  {name}");
        text.AppendLine("証明書 Certificate:").AppendLine(PemEncoding.WriteString("CERTIFICATE", row.Certificate.Span));
    }

    /// <summary>In pairs, as OpenSSL prints it and people read it to each other.</summary>
    internal static string Fingerprint(GenerationRow row) =>
        string.Join(':', SHA256.HashData(row.Certificate.Span).Select(each => each.ToString("X2", CultureInfo.InvariantCulture)));

    private static string Jst(DateTimeOffset instant) =>
        instant.ToOffset(Domain.Rules.Jst.Offset).ToString("yyyy-MM-dd HH:mm:ss 'JST'", CultureInfo.InvariantCulture);

    private static string Version() =>
        $"{typeof(CeremonyRecord).Assembly.GetName().Name} {typeof(CeremonyRecord).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";
}
