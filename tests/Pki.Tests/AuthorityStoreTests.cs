using Jpki.Domain;
using Jpki.Pki.Keys;

namespace Jpki.Pki.Tests;

public sealed class AuthorityStoreTests(StoreFixture store)
{
    [Fact]
    public void What_was_created_opens_again_with_the_same_keys()
    {
        using var reopened = StoreFixture.Opened(AuthorityStore.Open(store.RsaFolder, TestData.Passphrase, TestData.Settings));

        Assert.Equal(
            store.Rsa.All.Select(each => (each.Kind, each.KeyId, each.Certificate)),
            reopened.All.Select(each => (each.Kind, each.KeyId, each.Certificate)));
        Assert.Equal(
            StoreFixture.Issue(store.Rsa, TestData.SignatureOrder(store.Rsa)), StoreFixture.Issue(reopened, TestData.SignatureOrder(reopened)));
    }

    [Fact]
    public void A_wrong_passphrase_opens_nothing() =>
        AssertRefused(StoreFailure.WrongPassphrase, AuthorityStore.Open(store.RsaFolder, TestData.Passphrase + "r", TestData.Settings));

    [Fact]
    public void Existing_authorities_are_never_overwritten()
    {
        var before = Contents(store.RsaFolder);

        AssertRefused(StoreFailure.AlreadyThere, AuthorityStore.Create(store.RsaFolder, TestData.Passphrase, TestData.Settings, TestData.Clock));

        Assert.Equal(before, Contents(store.RsaFolder));
    }

    [Fact]
    public void In_production_a_missing_store_is_a_failure_and_stays_missing()
    {
        using var folder = new TestFolder();

        AssertRefused(StoreFailure.Missing, AuthorityStore.OpenOr(WhenMissing.Fail, folder.Path, TestData.Passphrase, TestData.Settings, TestData.Clock));

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void In_development_the_first_start_creates_and_the_second_opens()
    {
        using var folder = new TestFolder();

        using var first = Start();
        using var second = Start();

        Assert.Equal(first.For(CertificateKind.Signature, TestData.Now).KeyId, second.For(CertificateKind.Signature, TestData.Now).KeyId);

        Authorities Start() => StoreFixture.Opened(AuthorityStore.OpenOr(WhenMissing.Create, folder.Path, TestData.Passphrase, TestData.Settings, TestData.Clock));
    }

    [Fact]
    public void A_guessable_passphrase_creates_nothing()
    {
        using var folder = new TestFolder();

        AssertRefused(StoreFailure.WeakPassphrase, AuthorityStore.Create(folder.Path, "short", TestData.Settings, TestData.Clock));

        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Theory]
    [InlineData("signature.key.pem")]
    [InlineData("signature.certificate.pem")]
    [InlineData("user-authentication.key.pem")]
    [InlineData("user-authentication.certificate.pem")]
    public void A_store_with_one_file_gone_or_garbled_is_damaged(string file)
    {
        using var folder = Copy(store.RsaFolder);
        var path = Path.Combine(folder.Path, "0001", file);

        File.WriteAllText(path, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        AssertRefused(StoreFailure.Damaged, AuthorityStore.Open(folder.Path, TestData.Passphrase, TestData.Settings));
        File.Delete(path);
        AssertRefused(StoreFailure.Damaged, AuthorityStore.Open(folder.Path, TestData.Passphrase, TestData.Settings));
    }

    [Fact]
    public void A_key_beside_another_keys_certificate_is_damage()
    {
        using var folder = Copy(store.RsaFolder);
        File.Copy(Path.Combine(folder.Path, "0001", "user-authentication.key.pem"), Path.Combine(folder.Path, "0001", "signature.key.pem"), overwrite: true);

        AssertRefused(StoreFailure.Damaged, AuthorityStore.Open(folder.Path, TestData.Passphrase, TestData.Settings));
    }

    [Fact]
    public void A_store_with_one_authority_only_is_damaged()
    {
        using var folder = Copy(store.RsaFolder);
        File.Delete(Path.Combine(folder.Path, "0001", "signature.key.pem"));
        File.Delete(Path.Combine(folder.Path, "0001", "signature.certificate.pem"));

        AssertRefused(StoreFailure.Damaged, AuthorityStore.Open(folder.Path, TestData.Passphrase, TestData.Settings));
    }

    [Fact]
    public void Settings_with_another_name_than_the_store_are_refused() => AssertRefused(
        StoreFailure.SettingsDiffer, AuthorityStore.Open(store.RsaFolder, TestData.Passphrase, TestData.Settings with { Organisation = "Another TEST" }));

    [Fact]
    public void A_crash_while_creating_leaves_nothing_that_counts_and_nothing_in_the_way()
    {
        using var folder = new TestFolder();

        Assert.Throws<OperationCanceledException>(() => GenerationFolder.Publish(folder.Path, 1, OneFileThenCrash()));

        Assert.NotEmpty(Directory.EnumerateFiles(folder.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }));
        AssertRefused(StoreFailure.Missing, AuthorityStore.Open(folder.Path, TestData.Passphrase, TestData.Settings));
        using var created = StoreFixture.Opened(AuthorityStore.Create(folder.Path, TestData.Passphrase, TestData.Settings, TestData.Clock));
        Assert.Equal(2, created.All.Count);

        static IEnumerable<(string, string)> OneFileThenCrash()
        {
            yield return ("signature.certificate.pem", "half");
            throw new OperationCanceledException();
        }
    }

    [Fact]
    public async Task Two_processes_that_create_at_once_end_with_the_same_authorities()
    {
        using var folder = new TestFolder();

        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(
            () => AuthorityStore.OpenOr(WhenMissing.Create, folder.Path, TestData.Passphrase, TestData.Settings, TestData.Clock),
            TestContext.Current.CancellationToken)));

        var keys = results.Select(each => StoreFixture.Opened(each).For(CertificateKind.Signature, TestData.Now).KeyId).ToList();
        Assert.Equal(keys[0], keys[1]);
        Assert.Equal(["0001"], GenerationFolder.Existing(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_new_generation_shares_the_name_and_the_old_one_stays_to_be_found_by_its_key()
    {
        using var folder = Copy(store.RsaFolder);

        using var renewed = StoreFixture.Opened(AuthorityStore.AddGeneration(
            folder.Path, TestData.Passphrase, TestData.EcdsaSettings, TestData.Clock, [CertificateKind.Signature]));

        var old = store.Rsa.For(CertificateKind.Signature, TestData.Now).KeyId;
        Assert.Equal(3, renewed.All.Count);
        Assert.NotEqual(old, renewed.For(CertificateKind.Signature, TestData.Now).KeyId);
        Assert.Equal(KeyAlgorithm.EcdsaP384Sha384, renewed.For(CertificateKind.Signature, TestData.Now).Key.Algorithm);
        Assert.Equal(store.Rsa.For(CertificateKind.UserAuthentication, TestData.Now).KeyId, renewed.For(CertificateKind.UserAuthentication, TestData.Now).KeyId);
        Assert.Null(renewed.ByKeyId(new string('0', 40)));
        // An order recorded under the old key still gives the certificate it stands for.
        Assert.Equal(StoreFixture.Issue(store.Rsa, TestData.SignatureOrder(store.Rsa)), StoreFixture.Issue(renewed, TestData.SignatureOrder(store.Rsa)));
    }

    [Fact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void Only_the_owner_can_read_the_folder_and_its_files()
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "authorities");
        StoreFixture.Opened(AuthorityStore.Create(path, TestData.Passphrase, TestData.Settings, TestData.Clock)).Dispose();

        const UnixFileMode readWrite = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(readWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        Assert.Equal(readWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(path, "0001")));
        Assert.All(Directory.GetFiles(Path.Combine(path, "0001")), each => Assert.Equal(readWrite, File.GetUnixFileMode(each)));
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("user-authentication")]
    public void The_private_key_lies_on_disk_encrypted_only(string name)
    {
        var file = Path.Combine(store.RsaFolder, "0001", $"{name}.key.pem");
        var envelope = Tool.Run("openssl", "asn1parse", "-in", file);
        Assert.Contains(":PBES2", envelope, StringComparison.Ordinal);
        Assert.Contains(":PBKDF2", envelope, StringComparison.Ordinal);
        Assert.Contains(":hmacWithSHA256", envelope, StringComparison.Ordinal);
        Assert.Contains(":aes-256-cbc", envelope, StringComparison.Ordinal);
        Assert.Contains($"INTEGER           :{600_000:X6}", envelope, StringComparison.Ordinal);

        using var plain = System.Security.Cryptography.RSA.Create();
        plain.ImportFromPem(Tool.Run("openssl", "pkey", "-in", file, "-passin", "pass:" + TestData.Passphrase));
        var prime = plain.ExportParameters(includePrivateParameters: true).P!;
        Assert.All(Contents(store.RsaFolder).Values, content => Assert.False(content.AsSpan().IndexOf(prime) >= 0));
        Assert.All(Contents(store.RsaFolder).Values, content => Assert.False(Unarmoured(content).AsSpan().IndexOf(prime) >= 0));

        static byte[] Unarmoured(byte[] pem)
        {
            var text = System.Text.Encoding.ASCII.GetString(pem);
            return Convert.FromBase64String(text[System.Security.Cryptography.PemEncoding.Find(text).Base64Data]);
        }
    }

    private static void AssertRefused(StoreFailure failure, StoreResult result)
    {
        var refused = Assert.IsType<StoreRefused>(result);
        Assert.True(refused.Failure == failure, refused.ToString());
        Assert.DoesNotContain(TestData.Passphrase, refused.Explanation, StringComparison.Ordinal);
    }

    private static Dictionary<string, byte[]> Contents(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToDictionary(each => each, File.ReadAllBytes);

    private static TestFolder Copy(string store)
    {
        var copy = new TestFolder();
        var generation = Directory.CreateDirectory(Path.Combine(copy.Path, "0001")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(store, "0001")))
            File.Copy(file, Path.Combine(generation, Path.GetFileName(file)));
        return copy;
    }
}
