using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Grains;
using Jpki.Pki.Keys;
using Jpki.Pki.Orders;
using Jpki.Pki.Profiles;
using Jpki.Pki.Requests;

namespace Jpki.Silo.Adapters;

/// <summary>The two authorities as the grains see them.</summary>
public sealed class IssuanceAdapter(Authorities authorities, CertificateIssuer issuer, OrderMaterial material) : IIssuance
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
            RequestProven proven when circumstances.By.Office is { } office => new Prepared.Ready(new OrderCertificate(
                request.Application,
                request.Kind,
                proven.SubjectPublicKeyInfo,
                material.NewSerial(),
                material.NewCommonName(request.Kind, circumstances.At, office),
                authorities.For(request.Kind).KeyId,
                request.Kind == CertificateKind.Signature ? Repertoire.Certify(resident.Attributes) : null)),
            _ => new Prepared.Refused(Refusals.UnknownOffice()),
        };

    public SignResult Sign(CertificateOrder order) => issuer.Issue(order) switch
    {
        Issued issued => new SignResult.Certified(issued.Certificate),
        IssueRejected rejected => new SignResult.Refused([.. rejected.Findings.Select(finding => finding.Code).Distinct()]),
        _ => throw new InvalidOperationException("An order is issued or rejected."),
    };

    private static Prepared.Refused Refused(string code, string japanese, string english) =>
        new(new Refusal($"ProofOfPossession{code}", "S16", RefusalNature.RuleBroken, japanese, english));
}
