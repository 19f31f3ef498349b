using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;
using Jpki.Grains;
using Jpki.Pki.Keys;
using Jpki.Pki.Orders;
using Jpki.Pki.Profiles;
using Jpki.Pki.Requests;

namespace Jpki.Silo.Adapters;

/// <summary>The two authorities as the grains see them.</summary>
public sealed partial class IssuanceAdapter(
    Authorities authorities, CertificateIssuer issuer, OrderMaterial material, ILogger<IssuanceAdapter> logger) : IIssuance
{
    public Prepared Prepare(RequestCertificate request, Resident.Registered resident, Circumstances circumstances) =>
        CertificationRequests.Verify(request.CertificationRequest.Span) switch
        {
            RequestRejected rejected => Refused(rejected.Fault.ToString(), rejected.Japanese, rejected.English),
            RequestProven proven when proven.CommonName != RequestCertificate.ProofSubject(request.Application, request.Kind) => Refused(
                "ForAnotherApplication",
                "鍵の所有証明がこの申請のものではありません。申請の続きからやり直してください。",
                "The proof of possession was not made for this application. Carry on with the application."),
            // Who has no office can't order; the decider's permissions say so, with its own refusal.
            RequestProven proven when circumstances.By.Office is { } office =>
                Prepare(request, resident, circumstances, proven, office, authorities.For(request.Kind, circumstances.At)),
            _ => new Prepared.Refused(Refusals.UnknownOffice()),
        };

    public SignResult Sign(CertificateOrder order)
    {
        try
        {
            return issuer.Issue(order) switch
            {
                Issued issued => new SignResult.Certified(issued.Certificate),
                IssueRejected rejected => new SignResult.Refused([.. rejected.Findings.Select(finding => finding.Code).Distinct()]),
                _ => throw new InvalidOperationException("An order is issued or rejected."),
            };
        }
        // The resident's other business, a loss report above all, must not wait for a token.
        catch (KeyUnavailableException unavailable)
        {
            LogUnavailable(order.Serial.Value, unavailable.Message);
            return SignResult.Unavailable.Instance;
        }
    }

    private Prepared Prepare(
        RequestCertificate request, Resident.Registered resident, Circumstances circumstances, RequestProven proven, OfficeCode office, Authority authority)
    {
        // Said before the order is recorded, and never answered with a shorter certificate: the last day is the law's, not ours.
        if (LastDay(request, resident) is { } lastDay && Jst.EndOf(lastDay) > authority.NotAfter)
            return new Prepared.Refused(AuthorityEndsFirst(request.Kind));
        return new Prepared.Ready(new OrderCertificate(
            request.Application,
            request.Kind,
            proven.SubjectPublicKeyInfo,
            material.NewSerial(),
            material.NewCommonName(request.Kind, circumstances.At, office),
            authority.KeyId,
            request.Kind == CertificateKind.Signature ? Repertoire.Certify(resident.Attributes) : null));
    }

    // What is not applied for the decider refuses, in its own words.
    private static DateOnly? LastDay(RequestCertificate request, Resident.Registered resident) =>
        resident.Application is Application.Open open ? open.Remaining.Find(each => each.Kind == request.Kind)?.LastDay : null;

    private static Refusal AuthorityEndsFirst(CertificateKind kind) => new(
        "AuthorityEndsFirst",
        kind == CertificateKind.Signature ? "S10" : "S13",
        RefusalNature.Conflict,
        "認証局の証明書の有効期間が先に満了するため、発行できません。認証局の鍵を更新する必要があります。システム管理者に連絡してください。",
        "The authority's own certificate ends before this one would. The authority has to be rolled; tell the administrator.");

    private static Prepared.Refused Refused(string code, string japanese, string english) =>
        new(new Refusal($"ProofOfPossession{code}", "S16", RefusalNature.RuleBroken, japanese, english));

    [LoggerMessage(LogLevel.Critical, "Certificate {Serial} waits for the authority's key, and is signed with the resident's next message: {Reason}")]
    private partial void LogUnavailable(string serial, string reason);
}
