using System.CommandLine;
using Jpki.Counter.Gateway.BackOffice;
using Jpki.Counter.Gateway.Procedures;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Counter.Gateway.Console;

/// <summary>本人確認の入力: who came, by which document, and the copies of it (S22, S26). The copies are stored as the command is read.</summary>
internal sealed class Identification(BackOfficeClient backOffice)
{
    private const string Agent = "agent:";

    private static readonly Option<IdentityDocument> _document = new("--document")
    {
        Description = "本人確認書類 / how who came was identified",
        DefaultValueFactory = _ => IdentityDocument.MyNumberCard,
    };

    private static readonly Option<string> _applicant = new("--applicant")
    {
        Description = "来庁者 / who came: holder, legal-representative, agent:CASE-ID",
        DefaultValueFactory = _ => "holder",
    };

    private static readonly Option<AuthorityProof?> _proof = new("--proof") { Description = "法定代理人の証明書類 / a legal representative's proof of authority" };

    private static readonly Option<FileInfo?> _front = new("--front") { Description = "本人確認書類の表の画像 / image of the document's front: JPEG, PNG, PDF" };

    private static readonly Option<FileInfo?> _back = new("--back") { Description = "本人確認書類の裏の画像 / image of the document's back" };

    /// <summary>What is typed about the document alone.</summary>
    public static IEnumerable<Option> OfDocument => [_document, _front, _back];

    /// <summary>What is typed about who came, too.</summary>
    public static IEnumerable<Option> OfApplicant => [.. OfDocument, _applicant, _proof];

    /// <summary>The identity check as typed, its images stored.</summary>
    public async Task<Step<IdentityCheck>> OfApplicantAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        ReadApplicant(parsed).Try(out var applicant, out var stop)
        && (await OfDocumentAsync(parsed, cancellationToken)).Try(out var check, out stop)
            ? check with { Applicant = applicant }
            : stop;

    /// <summary>The document as typed, its images stored.</summary>
    public async Task<Step<IdentityCheck>> OfDocumentAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var document = parsed.GetValue(_document);
        switch (parsed.GetValue(_front), parsed.GetValue(_back))
        {
            case (null, null):
                return new IdentityCheck(document);
            case (null, _) or (_, null):
                return Usage("one-side-only", "--front と --back は両方指定してください。", "Give --front and --back together.");
            case ({ } front, { } back):
                // Not even sent: the copy of such a card must not exist anywhere.
                if (document == IdentityDocument.MyNumberCard)
                    return Stop.From(Refusals.NumberCardNotCopied());
                return (await StoreAsync(front, cancellationToken)).Try(out var frontImage, out var stop)
                    && (await StoreAsync(back, cancellationToken)).Try(out var backImage, out stop)
                    ? new IdentityCheck(document, new DocumentImages(frontImage, backImage))
                    : stop;
        }
    }

    private async Task<Step<Evidence>> StoreAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (!file.Exists || file.Length > Evidence.MostBytes)
            return Usage("unreadable-image", "画像のファイルがないか、5MBを超えています。", "There is no such image file, or it has more than 5 MiB.");

        return await backOffice.StoreEvidenceAsync(await File.ReadAllBytesAsync(file.FullName, cancellationToken), cancellationToken);
    }

    private static Step<Applicant> ReadApplicant(ParseResult parsed) => (parsed.GetValue(_applicant), parsed.GetValue(_proof)) switch
    {
        ("holder", null) => Applicant.Holder.Instance,
        ("legal-representative", { } proof) => new Applicant.LegalRepresentative(proof),
        ({ } text, null) when text.StartsWith(Agent, StringComparison.Ordinal) && CommandId.TryParse(text[Agent.Length..], null, out var agentCase) =>
            new Applicant.AppointedAgent(agentCase),
        _ => Usage(
            "malformed-applicant",
            "--applicant は holder、legal-representative（--proof が必要）、agent:受付番号 のいずれかです。",
            "--applicant is holder, legal-representative (which takes --proof), or agent:CASE-ID."),
    };

    private static Stop Usage(string code, string japanese, string english) => new(code, null, japanese, english, false);
}
