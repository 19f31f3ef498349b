using Jpki.Domain;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Statistics;
using Jpki.Silo.Reports;

namespace Jpki.Silo.Tests.Reports;

/// <summary>No code of the domain reaches a Japanese table without its term.</summary>
public sealed class WordsTests
{
    public static TheoryData<string, string> Codes => new(
    [
        .. Of<CertificateKind>(nameof(Words.Kind)), .. Of<PinKind>(nameof(Words.Kind)), .. Of<ApplicationReason>(nameof(Words.Reason)),
        .. Of<RevocationCause>(nameof(Words.Reason)), .. Of<HoldCause>(nameof(Words.Reason)), .. Of<CardEndCause>(nameof(Words.Reason)),
        .. Of<AgentCaseEnd>(nameof(Words.Reason)), .. Of<WaiverReason>(nameof(Words.Fee)), .. Of<Figure>(nameof(Words.FigureName)),
        .. new[] { FeeOutcome.Charged, FeeOutcome.Included, FeeOutcome.Refunded }.Select(each => (nameof(Words.Fee), each)),
        .. StoredNames.Applicants.Keys.Select(each => (nameof(Words.Applicant), each)),
        .. StoredNames.Commands.Keys.Select(each => (nameof(Words.Procedure), each)),
        .. StoredNames.AgentErrands.Keys.Concat(WaitingTime.Names).Select(each => (nameof(Words.Detail), each)),
    ]);

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_code_has_a_Japanese_term_and_readable_English(string words, string code)
    {
        Func<string, Language, string> term = words switch
        {
            nameof(Words.Kind) => Words.Kind,
            nameof(Words.Reason) => Words.Reason,
            nameof(Words.Fee) => Words.Fee,
            nameof(Words.FigureName) => Words.FigureName,
            nameof(Words.Applicant) => Words.Applicant,
            nameof(Words.Procedure) => Words.Procedure,
            _ => Words.Detail,
        };

        Assert.Matches(@"[\p{IsCJKUnifiedIdeographs}\p{IsKatakana}]", term(code, Language.Japanese));
        Assert.Matches("^[a-z0-9 -]+$", term(code, Language.English));
    }

    private static IEnumerable<(string, string)> Of<T>(string words)
        where T : struct, Enum => Enum.GetValues<T>().Select(each => (words, ContractName.Of(each)));
}
