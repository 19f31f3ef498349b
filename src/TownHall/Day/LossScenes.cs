using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Jpki.Domain;
using Jpki.Domain.Json;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;

namespace Jpki.TownHall.Day;

/// <summary>Lost at night, refused to a clerk, released; PIN forgotten and reset; the history at the end.</summary>
internal static class LossScenes
{
    public static async Task ReportLossAsync(Stage s, DateTimeOffset at, CancellationToken token)
    {
        await s.MoveToAsync(at, "Hanako telephones: the card is lost (S30, at any hour)", token);
        await s.Cards.RemoveAsync(0);
        var (events, refusal) = await s.CallCentre.SubmitAsync(s.Hanako.Id, new SuspendCertificates(), token);
        s.Narrator.Check(refusal is null && events.OfType<CertificateSuspended>().Count() == 2, "the call centre suspended both certificates");
        var view = await s.LookAsync(token);
        s.Narrator.Check(
            view.Certificates.Where(each => each.Status != CertificateStatus.Revoked).All(each => each.Status == CertificateStatus.OnHold), "both are on hold");
        s.Narrator.Check(
            await s.Tools.HearsOfAsync("authentication-ca.pem", "authentication.pem", "certificateHold", s.Now, token), "openssl ocsp: who is shown the card hears it");
    }

    public static async Task ClerkIsRefusedAsync(Stage s, DateTimeOffset at, CancellationToken token)
    {
        await s.MoveToAsync(at, "A clerk tries to do the same for another caller (S30)", token);
        var result = await s.AtCounterAsync($"suspend {s.Hanako.Id}", token);
        s.Narrator.Check(result.StoppedWith("SuspensionOnlyByCallCentre"), "the clerk is refused");
        s.Narrator.Check(
            LossReportNumbers.All.All(line => result.Line.Contains(line.Number, StringComparison.Ordinal)), "and shown the three numbers to call");
    }

    public static async Task ReleaseAsync(Stage s, DateTimeOffset at, CancellationToken token)
    {
        await s.MoveToAsync(at, "The card was in the other coat: released at the counter with card and PIN (S32)", token);
        await s.InsertCardAsync(token);
        var result = await s.AtCounterAsync($"release {s.Hanako.Id}", token);
        s.Narrator.Check(result.Completed, "the release is complete");
        var view = await s.LookAsync(token);
        s.Narrator.Check(
            Enum.GetValues<CertificateKind>().All(kind => view.Carried(kind)?.Status == CertificateStatus.Active), "both certificates are active again");
        s.Narrator.Check(await s.Tools.HearsOfAsync("authentication-ca.pem", "authentication.pem", "good", s.Now, token), "openssl ocsp: good again");
    }

    public static async Task ForgetPinAsync(Stage s, DateTimeOffset at, CancellationToken token)
    {
        await s.MoveToAsync(at, "Hanako has forgotten a PIN: three wrong tries, blocked, reset (S27)", token);
        var tries = 0;
        var result = await s.AtCounterAsync(
            "pin-change --pin UserAuthentication", token, _ => $"{tries++:D4}");
        s.Narrator.Check(tries == 3 && result.StoppedWith("pin-blocked"), "after three wrong tries the card has blocked the PIN");
        s.Narrator.Check(!await s.Tools.VerifyPinAsync("1", s.Hanako.UserAuthenticationPin, token), "OpenSC agrees: even the right PIN is not taken any more");

        result = await s.AtCounterAsync(
            $"pin-reset {s.Hanako.Id} --pin UserAuthentication --document DrivingLicence", token,
            prompt => prompt.Contains("New PIN", StringComparison.Ordinal) ? s.Hanako.NewUserAuthenticationPin : s.Hanako.Type(prompt));
        s.Narrator.Check(result.Completed, "the reset is complete, with the card's own PIN and an identity document");
        s.Narrator.Check(await s.Tools.VerifyPinAsync("1", s.Hanako.NewUserAuthenticationPin, token), "OpenSC: the card takes the new PIN");
    }

    public static async Task CheckCardAsync(Stage s, DateTimeOffset at, CancellationToken token)
    {
        await s.MoveToAsync(at, "A last look at the card (S33)", token);
        var result = await s.AtCounterAsync(
            $"check {s.Hanako.Id}", token,
            prompt => prompt.Contains("user-authentication", StringComparison.Ordinal) ? s.Hanako.NewUserAuthenticationPin : s.Hanako.Type(prompt));
        s.Narrator.Check(result.Completed, "the card check reports chain, validity, standing and a test signature of both certificates");
    }

    public static async Task HistoryAsync(Stage s, DateTimeOffset at, CancellationToken token)
    {
        await s.MoveToAsync(at, "The resident's history, from the stream", token);
        await s.AtCounterAsync($"history {s.Hanako.Id}", token);

        var history = await s.Auditor.HistoryAsync(s.Hanako.Id, token);
        s.Narrator.Check(history.Select(each => each.Version).SequenceEqual(Enumerable.Range(1, history.Count).Select(each => (long)each)), "versions without a gap");
        var shown = await s.LookAsync(token);
        var folded = ResidentView.Of(s.Hanako.Id, ResidentHistory.Empty.With(history), shown.At, withAttributes: false);
        s.Narrator.Check(Json(folded) == Json(shown), "the state folded from the events equals what the API says");
        s.Narrator.Check(await CardAgreesAsync(s, shown, token), "and what the card says: the certificates on it are the active ones");
    }

    private static async Task<bool> CardAgreesAsync(Stage s, ResidentView view, CancellationToken token)
    {
        if (!await s.Tools.ReadCertificateAsync("1", null, "end-1.pem", token)
            || !await s.Tools.ReadCertificateAsync("2", s.Hanako.SignaturePin, "end-2.pem", token))
            return false;

        string[] onCard = [SerialOf(s.Tools.PathOf("end-1.pem")), SerialOf(s.Tools.PathOf("end-2.pem"))];
        var active = view.Certificates.Where(each => each.Status == CertificateStatus.Active).Select(each => each.Serial.Value).Order();
        return onCard.Order().SequenceEqual(active);
    }

    private static string SerialOf(string pem)
    {
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(pem);
        return certificate.SerialNumber.ToLowerInvariant();
    }

    private static string Json(ResidentView? view) => JsonSerializer.Serialize(view, Contract.Options);
}
