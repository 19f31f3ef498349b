using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;

namespace Jpki.TownHall.Day;

/// <summary>Hand-over, a look at the card with outside tools, the move, the free reissue.</summary>
internal static class MorningScenes
{
    public static async Task HandOverAsync(Stage s, DateTimeOffset at, CancellationToken token)
    {
        await s.MoveToAsync(at, "A card is handed over with both certificates (S3, S4)", token);
        var (_, refusal) = await s.Registry.SubmitAsync(s.Hanako.Id, new RegisterResident(s.Hanako.Before, new DateOnly(2020, 4, 1)), token);
        s.Narrator.Check(refusal is null, $"the registry made resident {s.Hanako.Id} known");

        s.Card = s.Cards.Manufacture(s.Hanako.CardSerial, s.Hanako.Municipality, s.Hanako.CardExpiresOn, s.Hanako.Before);
        await s.InsertCardAsync(token);
        s.Narrator.Tell($"A blank card {s.Hanako.CardSerial} lies in the reader. Hanako first chooses a PIN in small letters.");
        var typed = 0;
        var result = await s.AtCounterAsync(
            $"hand-over {s.Hanako.Id} --document DrivingLicence", token,
            prompt => prompt.Contains("/ signature ", StringComparison.Ordinal) && typed++ == 0 ? "hanako1990" : s.Hanako.Type(prompt));
        s.Narrator.Check(typed > 1, "the PIN in small letters was refused with the reason, and asked for again (S9)");
        s.Narrator.Check(result.Completed, "the hand-over is complete");

        var view = await s.LookAsync(token);
        s.Narrator.Check(view.Certificates.Count == 2 && view.Certificates.All(each => each.Status == CertificateStatus.Active), "both certificates are active");
        var today = Jst.DayOf(s.Now);
        var expected = Validity.LastDay(
            RuleSet.Akishima2018, CertificateKind.UserAuthentication, s.Hanako.Before.BirthDate, today, s.Hanako.CardExpiresOn, null, null);
        s.Narrator.Check(
            view.Certificates.All(each => each.NotAfter == Jst.EndOf(expected)), $"both are valid until {expected:yyyy-MM-dd}, the end of a birthday (S10, S13)");
    }

    public static async Task OutsideToolsAsync(Stage s, DateTimeOffset at, CancellationToken token)
    {
        await s.MoveToAsync(at, "Both certificates are read back and verified with OpenSC and OpenSSL (S8, S11)", token);
        s.Narrator.Check((await s.Tools.CardNameAsync(token)).Equals("jpki", StringComparison.OrdinalIgnoreCase), "OpenSC takes the card for a JPKI card");
        await s.Tools.ConvertAsync(await s.Auditor.AuthorityAsync("signature", token), "signature-ca.pem", token);
        await s.Tools.ConvertAsync(await s.Auditor.AuthorityAsync("user-authentication", token), "authentication-ca.pem", token);

        s.Narrator.Check(await s.Tools.ReadCertificateAsync("1", null, "authentication.pem", token), "pkcs15-tool reads the user authentication certificate");
        s.Narrator.Check(
            await s.Tools.ReadCertificateAsync("2", s.Hanako.SignaturePin, "signature.pem", token), "pkcs15-tool reads the signature certificate, after its PIN");
        s.Narrator.Check(
            await s.Tools.VerifyCertificateAsync("authentication-ca.pem", "authentication.pem", s.Now, "sslclient", token),
            "openssl verify: user authentication certificate, good for TLS clients");
        s.Narrator.Check(
            await s.Tools.VerifyCertificateAsync("signature-ca.pem", "signature.pem", s.Now, null, token), "openssl verify: signature certificate");
        s.Narrator.Check(
            !await s.Tools.VerifyCertificateAsync("authentication-ca.pem", "signature.pem", s.Now, null, token), "… and not by the other authority");
    }

    public static async Task SignAsync(Stage s, DateTimeOffset at, CancellationToken token)
    {
        await s.MoveToAsync(at, "Hanako signs a document with her card (S8)", token);
        await File.WriteAllTextAsync(s.Tools.PathOf("document.txt"), "確定申告書 (sample)\n", token);
        await File.WriteAllTextAsync(s.Tools.PathOf("forged.txt"), "確定申告書 (forged)\n", token);
        s.Narrator.Check(
            await s.Tools.SignAsync("2", s.Hanako.SignaturePin, "document.txt", "document.sig", token), "pkcs11-tool signs it with the card");
        s.Narrator.Check(
            await s.Tools.VerifySignatureAsync("signature.pem", "document.txt", "document.sig", token), "openssl dgst verifies the signature");
        s.Narrator.Check(
            !await s.Tools.VerifySignatureAsync("signature.pem", "forged.txt", "document.sig", token), "… and does not for a forged document");
    }

    public static async Task MoveHouseAsync(Stage s, DateTimeOffset at, CancellationToken token)
    {
        await s.MoveToAsync(at, "The registry reports that Hanako moved (S6)", token);
        var (events, refusal) = await s.Registry.SubmitAsync(s.Hanako.Id, new ChangeAttributes(s.Hanako.After, Jst.DayOf(s.Now)), token);
        s.Narrator.Check(refusal is null, "the change of address is on record");
        s.Narrator.Check(
            events.OfType<CertificateRevoked>().Select(each => (each.Kind, each.Cause)).SequenceEqual([(CertificateKind.Signature, RevocationCause.AttributesChanged)]),
            "the signature certificate is revoked by itself");
        var view = await s.LookAsync(token);
        s.Narrator.Check(view.Carried(CertificateKind.UserAuthentication)?.Status == CertificateStatus.Active, "the user authentication certificate is not");
        s.Narrator.Check(
            await s.Tools.HearsOfAsync("signature-ca.pem", "signature.pem", "affiliationChanged", s.Now, token)
            && await s.Tools.HearsOfAsync("authentication-ca.pem", "authentication.pem", "good", s.Now, token),
            "openssl ocsp, at the addresses the certificates name: the one revoked, the other good");
    }

    public static async Task ReissueAsync(Stage s, DateTimeOffset at, CancellationToken token)
    {
        await s.MoveToAsync(at, "Reissue at the counter, free (S18), with the card's face updated in the same visit (S25)", token);
        var result = await s.AtCounterAsync($"issue {s.Hanako.Id} --kind Signature", token);
        s.Narrator.Check(result.Completed, "the reissue is complete");

        var history = await s.Auditor.HistoryAsync(s.Hanako.Id, token);
        s.Narrator.Check(
            history.Select(each => each.Event).OfType<FeeWaived>().Last().Waivers.Single().Reason == WaiverReason.RevokedByAttributeChange,
            "the fee was waived, the reason recorded: revoked by a change of attributes");
        s.Narrator.Check((await s.LookAsync(token)).Card is { FaceIsCurrent: true }, "the card's face is current");
        s.Narrator.Check(
            await s.Tools.ReadCertificateAsync("2", s.Hanako.SignaturePin, "signature-2.pem", token)
            && await s.Tools.VerifyCertificateAsync("signature-ca.pem", "signature-2.pem", s.Now, null, token),
            "OpenSC reads the new certificate and openssl verifies it");
        s.Narrator.Check(
            await s.Tools.SignAsync("2", s.Hanako.SignaturePin, "document.txt", "document-2.sig", token)
            && await s.Tools.VerifySignatureAsync("signature-2.pem", "document.txt", "document-2.sig", token)
            && !await s.Tools.VerifySignatureAsync("signature.pem", "document.txt", "document-2.sig", token),
            "the card signs with the new key, and no longer with the old one");
    }
}
