using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Counter.Gateway.Applets;
using Jpki.Counter.Gateway.Cards;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Counter.Gateway.Procedures;

/// <summary>One finding of a card check. No personal data.</summary>
/// <param name="Holds">Whether it is as it should be.</param>
public sealed record CheckFinding(string Name, bool Holds, string Japanese, string English);

/// <summary>
/// カードの動作確認 (S33): both certificates read, their chain, validity and standing at the back office, and a test signature with each key.
/// </summary>
public sealed class CardCheckProcedure(Counter counter, ResidentId resident)
{
    private readonly List<CheckFinding> _findings = [];

    /// <summary>What was found, in order; of the last attempt.</summary>
    public IReadOnlyList<CheckFinding> Findings => _findings;

    public async Task<ProcedureResult> RunAsync(CancellationToken cancellationToken)
    {
        using var wallet = new PinWallet(counter.Front);
        return await CardVisit.RunAsync(counter, (session, token) => AttemptAsync(session, wallet, token), cancellationToken);
    }

    private async Task<Step<ProcedureResult.Completed>> AttemptAsync(CardSession session, PinWallet wallet, CancellationToken cancellationToken)
    {
        _findings.Clear();
        ReportReader();
        if (!(await counter.BackOffice.LookAsync(resident, cancellationToken)).Try(out var view, out var stop)
            || !(await counter.BackOffice.TimeAsync(cancellationToken)).Try(out var time, out stop)
            || !(await CardVisit.PresentAsync(session, [], cancellationToken)).Try(out var presented, out stop))
            return stop;

        ReportCard(presented, view, Domain.Rules.Jst.DayOf(time.Now));
        if (!(await session.SelectJpkiAsync(cancellationToken)).Try(out var jpki, out stop)
            || !(await jpki.ReadPresenceAsync(cancellationToken)).Try(out var presence, out stop))
            return stop;

        var read = new List<CardReading.Certificate>();
        foreach (var kind in Enum.GetValues<CertificateKind>().Where(kind => presence.Holds(Slots.Of(kind))))
        {
            if (!(await CheckKindAsync(jpki, kind, view, time.Now, wallet, cancellationToken)).Try(out var certificate, out stop))
                return stop;
            read.Add(certificate);
        }

        // The card of somebody else must not be told as what this resident's card carries.
        if (view.Card?.Serial == presented.Serial
            && !(await counter.BackOffice.ReportReadingAsync(resident, new CardReading(presented.Serial, read), cancellationToken)).Try(out _, out stop))
            return stop;

        var failed = _findings.Count(finding => !finding.Holds);
        return failed == 0
            ? new ProcedureResult.Completed("カードは正常です。", "The card is in order.")
            : new ProcedureResult.Completed($"確認が必要な点が{failed}件あります。", $"{failed} findings need attention.");
    }

    private void ReportReader()
    {
        var verification = new VerifiedReaders().Judge(counter.Reader);
        Report("reader", verification != ReaderVerification.NotVerified, $"リーダライタ: {counter.Reader}", $"Reader: {counter.Reader} ({verification})");
    }

    private void ReportCard(PresentedCard presented, ResidentView view, DateOnly today)
    {
        Report("card", view.Card?.Serial == presented.Serial, $"製造番号 {presented.Serial}", $"Card {presented.Serial} is this resident's");
        Report("card-validity", presented.ExpiresOn >= today, $"カードの有効期限 {Day(presented.ExpiresOn)}", $"The card is valid until {Day(presented.ExpiresOn)}");
    }

    private async Task<Step<CardReading.Certificate>> CheckKindAsync(
        JpkiApplet jpki, CertificateKind kind, ResidentView view, DateTimeOffset at, PinWallet wallet, CancellationToken cancellationToken)
    {
        var slot = Slots.Of(kind);
        if (!(await wallet.VerifyAsync(jpki.Pin(slot), Slots.PinOf(kind), cancellationToken)).Try(out _, out var stop)
            || !(await jpki.ReadCertificateAsync(slot, cancellationToken)).Try(out var der, out stop)
            || !(await counter.BackOffice.AuthorityCertificateAsync(kind, cancellationToken)).Try(out var authority, out stop))
            return stop;

        using var certificate = X509CertificateLoader.LoadCertificate(der);
        if (!SerialNumber.TryParse(certificate.SerialNumber.ToLowerInvariant(), null, out var serial))
            return Stop.From(new Apdu.CardFailure.UnreadableContent());

        ReportChain(kind, certificate, authority, at);
        ReportStanding(kind, serial, view);

        var challenge = RandomNumberGenerator.GetBytes(32);
        if (!(await jpki.SignAsync(slot, DigestInfo.Sha256(challenge), cancellationToken)).Try(out var signature, out stop))
            return stop;

        using var key = certificate.GetRSAPublicKey()!;
        var holds = key.VerifyData(challenge, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Report("test-signature", holds, $"{Ja(kind)}: 署名の検証", $"{kind}: a test signature verifies");
        return new CardReading.Certificate(kind, serial, Convert.ToHexStringLower(SHA256.HashData(der)));
    }

    private void ReportChain(CertificateKind kind, X509Certificate2 certificate, byte[] authority, DateTimeOffset at)
    {
        using var root = X509CertificateLoader.LoadCertificate(authority);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // Standing comes from the back office, which is nearer than any list.
        chain.ChainPolicy.VerificationTime = at.UtcDateTime;
        var until = Day(Domain.Rules.Jst.DayOf(certificate.NotAfter));
        Report("chain", chain.Build(certificate), $"{Ja(kind)}: 認証局の署名と有効期間（{until}まで）", $"{kind}: signed by our authority and valid until {until}");
    }

    private void ReportStanding(CertificateKind kind, SerialNumber serial, ResidentView view)
    {
        var known = view.Certificates.FirstOrDefault(each => each.Serial == serial);
        var standing = known?.Status.ToString() ?? "unknown";
        Report("standing", known?.Status == CertificateStatus.Active, $"{Ja(kind)}: 状態 {standing}", $"{kind}: standing at the back office: {standing}");
    }

    private void Report(string name, bool holds, string japanese, string english)
    {
        _findings.Add(new CheckFinding(name, holds, japanese, english));
        var mark = holds ? "○" : "×";
        counter.Front.Show(Steps.Check($"{mark} {japanese}", english));
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Ja(CertificateKind kind) => kind == CertificateKind.Signature ? "署名用" : "利用者証明用";
}
