using Jpki.Domain;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Integration.Tests.Revocation;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.StartUp;

/// <summary>A back office whose authorities' keys never leave a token: made by the officers' ceremony, used by everything that signs.</summary>
public sealed class TokenSiloTests(TownHallFixture fixture) : IDisposable
{
    private const string Module = "/usr/lib/softhsm/libsofthsm2.so";
    private const string Label = "authorities";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Certificates_lists_and_answers_are_signed_in_the_token()
    {
        await MakeTokenAsync();
        await using var hall = await TownHall.OpenAsync(fixture.Readers, HoldCeremonyAsync, [.. Token, .. Parts]);
        await using var slot = await fixture.Readers.RentAsync();
        var person = await hall.RegisterAsync();
        var visit = new Visit(hall, slot, person, hall.CardFor(person));
        await slot.InsertAsync(visit.Card);

        Visit.AssertCompleted(await visit.HandOverAsync());
        Assert.All(await visit.CheckAsync(), finding => Assert.True(finding.Holds, finding.English));
        await hall.DoAsync("call-centre", person.Id, new SuspendCertificates());

        using var party = new RelyingParty(hall.Silo.PublicAddress);
        var certificate = (await LedgerPage.ReadAsync(hall, person)).Events.OfType<CertificateIssued>().Single(each => each.Kind == CertificateKind.UserAuthentication);
        await party.WaitForAsync(
            "the hold in a list that OpenSSL verifies", CertificateKind.UserAuthentication, ".delta.crl",
            list => list.Entries.GetValueOrDefault(certificate.Serial.Value) == "Certificate Hold");
        using var openSsl = new OpenSslClient(hall);
        await openSsl.TakeAsync(CertificateKind.UserAuthentication, certificate.Certificate.ToArray());
        Assert.Contains(": revoked", await openSsl.AskAsync(CertificateKind.UserAuthentication), StringComparison.Ordinal);

        Assert.Empty(Directory.GetFiles(hall.InDataFolder("authorities"), "*.key.pem", SearchOption.AllDirectories));
    }

    public void Dispose() => _folder.Dispose();

    private (string, string)[] Token => [("SOFTHSM2_CONF", _folder.In("softhsm2.conf"))];

    private (string, string)[] Parts =>
        [("Authorities__PassphraseFiles__0", _folder.In("part-1")), ("Authorities__PassphraseFiles__1", _folder.In("part-2"))];

    private async Task MakeTokenAsync()
    {
        Directory.CreateDirectory(_folder.In("tokens"));
        await File.WriteAllTextAsync(_folder.In("softhsm2.conf"), $"directories.tokendir = {_folder.In("tokens")}\nobjectstore.backend = file\n");
        await File.WriteAllTextAsync(_folder.In("part-1"), "the first officer's part\n");
        await File.WriteAllTextAsync(_folder.In("part-2"), "the second officer's part\n");
        await File.WriteAllTextAsync(_folder.In("initial-pin"), "transport\n");
        await OutsideProgram.MustAsync(
            "softhsm2-util", ["--init-token", "--free", "--label", Label, "--so-pin", "security officer", "--pin", "transport"],
            Token.ToDictionary(each => each.Item1, each => each.Item2));
    }

    private async Task HoldCeremonyAsync(string dataFolder)
    {
        var end = await SiloProcess.RunAsync(
            [
                "authority", "create", "--officer-1", "昭島 太郎", "--officer-2", "Haijima Hanako", "--passphrase-file-1", _folder.In("part-1"),
                "--passphrase-file-2", _folder.In("part-2"), "--pkcs11-module", Module, "--token", Label, "--initial-pin-file", _folder.In("initial-pin"),
            ],
            [("ASPNETCORE_ENVIRONMENT", "Development"), ("DataFolder", dataFolder), ("Clock__PlayFrom", $"{SiloProcess.Morning:O}"), .. Token]);
        Assert.True(end.ExitCode == 0, end.Errors + end.Output);
    }
}
