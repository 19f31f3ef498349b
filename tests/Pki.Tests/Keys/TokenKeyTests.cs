using System.Security.Cryptography;
using Jpki.Domain;
using Jpki.Pki.Keys;
using Jpki.Pki.Keys.Pkcs11;

namespace Jpki.Pki.Tests.Keys;

/// <summary>Authorities whose keys never leave a token, from their making to what outside tools say of their signatures.</summary>
public sealed class TokenKeyTests
{
    private static readonly byte[] Data = "data to be signed"u8.ToArray();

    [Theory, MemberData(nameof(StoreFixture.EveryProfile), MemberType = typeof(StoreFixture))]
    public void A_certificate_signed_in_a_token_is_verified_by_OpenSSL(KeyAlgorithm algorithm, CertificateKind kind)
    {
        using var folder = new TestFolder();
        var (authorities, _) = Create(folder, $"chain {algorithm} {kind}", algorithm);
        using var owned = authorities;

        var holder = folder.Write("holder.der", StoreFixture.Issue(authorities, TestData.Order(authorities, kind)).Span);
        var issuer = folder.Write("issuer.der", authorities.For(kind, TestData.Now).Certificate.Span);
        var pem = Path.Combine(folder.Path, "issuer.pem");
        Tool.Run("openssl", "x509", "-inform", "DER", "-in", issuer, "-out", pem);

        Assert.Contains(": OK", Tool.Run(
            "openssl", "verify", "-x509_strict", "-check_ss_sig", "-attime", $"{TestData.Now.AddDays(1).ToUnixTimeSeconds()}", "-CAfile", pem, holder),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(KeyAlgorithm.Rsa2048Sha256)]
    [InlineData(KeyAlgorithm.EcdsaP384Sha384)]
    public async Task Eight_threads_sign_at_once_and_every_signature_holds(KeyAlgorithm algorithm)
    {
        using var folder = new TestFolder();
        using var authorities = Create(folder, $"threads {algorithm}", algorithm).Authorities;
        var key = authorities.For(CertificateKind.Signature, TestData.Now).Key;

        var signatures = await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Factory.StartNew(
            () => Enumerable.Range(0, 25).Select(number => (Text: Message(thread, number), Signature: key.Sign(Message(thread, number)))).ToList(),
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        Assert.All(signatures.SelectMany(each => each), each => Assert.True(Verifies(key, each.Text, each.Signature)));
        AssertOpenSslVerifies(folder, key, signatures[7][24].Text, signatures[7][24].Signature);

        static byte[] Message(int thread, int number) => [.. Data, (byte)thread, (byte)number];
    }

    [Fact]
    public void RSA_gives_one_signature_for_the_same_data_whether_hashed_here_or_before()
    {
        using var folder = new TestFolder();
        using var authorities = Create(folder, "determined", KeyAlgorithm.Rsa2048Sha256).Authorities;
        var key = authorities.For(CertificateKind.Signature, TestData.Now).Key;

        Assert.Equal(key.Sign(Data), key.Sign(Data));
        Assert.Equal(key.Sign(Data), key.SignDigest(SHA256.HashData(Data)));
        Assert.Throws<ArgumentException>(() => key.SignDigest(SHA384.HashData(Data)));
    }

    [Fact]
    public void ECDSA_in_a_token_gives_another_signature_each_time_as_documented()
    {
        using var folder = new TestFolder();
        using var authorities = Create(folder, "undetermined", KeyAlgorithm.EcdsaP384Sha384).Authorities;
        var key = authorities.For(CertificateKind.Signature, TestData.Now).Key;

        Assert.NotEqual(key.Sign(Data), key.Sign(Data));
        Assert.True(Verifies(key, Data, key.SignDigest(SHA384.HashData(Data))));
    }

    [Fact]
    public void A_signature_survives_the_loss_of_every_session()
    {
        using var folder = new TestFolder();
        var (authorities, token) = Create(folder, "lost sessions", KeyAlgorithm.Rsa2048Sha256);
        using var owned = authorities;
        var key = authorities.For(CertificateKind.Signature, TestData.Now).Key;
        var before = key.Sign(Data);

        CloseAllSessions(token);

        Assert.Equal(before, key.Sign(Data));
    }

    [Fact]
    public void A_PIN_that_is_no_longer_taken_is_an_exception_of_ours_that_does_not_tell_it()
    {
        using var folder = new TestFolder();
        var (authorities, token) = Create(folder, "changed pin", KeyAlgorithm.Rsa2048Sha256);
        using var owned = authorities;
        var key = authorities.For(CertificateKind.Signature, TestData.Now).Key;
        CloseAllSessions(token);
        Assert.Null(AuthorityStore.TakeOver(token, TestData.Passphrase, "another PIN by now"));

        var first = Assert.Throws<KeyUnavailableException>(() => key.Sign(Data));
        var second = Assert.Throws<KeyUnavailableException>(() => key.Sign(Data));

        Assert.Equal(StoreFailure.WrongPassphrase, first.Failure);
        Assert.Contains("CKR_PIN_INCORRECT", first.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(TestData.Passphrase, first.ToString() + second, StringComparison.Ordinal);
        // Asked again, the token would count another wrong PIN and lock itself in the end.
        Assert.Same(first, second.InnerException);
    }

    [Fact]
    public void The_keys_are_made_inside_the_token_and_cannot_be_taken_out()
    {
        using var folder = new TestFolder();
        var (authorities, token) = Create(folder, "inside", KeyAlgorithm.Rsa2048Sha256);
        var keyId = authorities.For(CertificateKind.Signature, TestData.Now).KeyId;
        authorities.Dispose();

        var objects = Tool.Run("pkcs11-tool", "--module", SoftHsm.Module, "--token-label", token.Label, "--login", "--pin", TestData.Passphrase, "-O", "--type", "privkey");

        Assert.Contains($"ID:         {keyId}", objects, StringComparison.Ordinal);
        Assert.Equal(2, objects.Split("Access:     sensitive, always sensitive, never extractable, local").Length - 1);
        Assert.Equal(
            ["signature.certificate.pem", "signature.pkcs11.json", "user-authentication.certificate.pem", "user-authentication.pkcs11.json"],
            Directory.GetFiles(Path.Combine(folder.Path, "authorities", "0001")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_store_in_a_token_opens_with_its_secret_only()
    {
        using var folder = new TestFolder();
        Create(folder, "opens", KeyAlgorithm.Rsa2048Sha256).Authorities.Dispose();
        var path = Path.Combine(folder.Path, "authorities");

        Refused(StoreFailure.WrongPassphrase, AuthorityStore.Open(path, TestData.Passphrase + "r", TestData.Settings));
        StoreFixture.Opened(AuthorityStore.Open(path, TestData.Passphrase, TestData.Settings)).Dispose();
    }

    [Theory]
    [InlineData("\"tokenLabel\": \"gone\"", "\"tokenLabel\": \"elsewhere\"", StoreFailure.TokenUnavailable)]
    [InlineData("\"keyId\": ", "\"key\": ", StoreFailure.Damaged)]
    [InlineData("libsofthsm2.so", "libnothing.so", StoreFailure.TokenUnavailable)]
    public void A_token_that_is_not_there_is_named_and_nothing_is_made_up(string from, string to, StoreFailure failure)
    {
        using var folder = new TestFolder();
        var label = "gone" + Guid.NewGuid().ToString("N")[..8];
        Create(folder, label, KeyAlgorithm.Rsa2048Sha256).Authorities.Dispose();
        var file = Path.Combine(folder.Path, "authorities", "0001", "signature.pkcs11.json");
        var text = File.ReadAllText(file).Replace($"\"{label}\"", "\"gone\"", StringComparison.Ordinal);
        Assert.Contains(from, text, StringComparison.Ordinal);
        text = text.Replace(from, to, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace("\"gone\"", $"\"{label}\"", StringComparison.Ordinal));

        Refused(failure, AuthorityStore.Open(Path.Combine(folder.Path, "authorities"), TestData.Passphrase, TestData.Settings));
    }

    [Fact]
    public void The_ceremony_replaces_the_PIN_the_token_was_delivered_with()
    {
        var token = SoftHsm.NewToken("taken over", SoftHsm.InitialPin);

        Assert.Equal(StoreFailure.WrongPassphrase, AuthorityStore.TakeOver(token, "not the transport pin", TestData.Passphrase)?.Failure);
        Assert.Null(AuthorityStore.TakeOver(token, SoftHsm.InitialPin, TestData.Passphrase));

        using var folder = new TestFolder();
        StoreFixture.Opened(AuthorityStore.Create(folder.Path, TestData.Passphrase, TestData.Settings, TestData.Clock, token)).Dispose();
    }

    [Fact]
    public void An_authority_moves_from_a_file_into_a_token_with_its_next_generation()
    {
        using var folder = new TestFolder();
        StoreFixture.Opened(AuthorityStore.Create(folder.Path, TestData.Passphrase, TestData.Settings, TestData.Clock)).Dispose();

        using var rolled = StoreFixture.Opened(AuthorityStore.AddGeneration(
            folder.Path, TestData.Passphrase, TestData.Settings, TestData.Clock, [CertificateKind.Signature], place: SoftHsm.NewToken("moved", TestData.Passphrase)));

        Assert.All(rolled.All, each => Assert.True(Verifies(each.Key, Data, each.Key.Sign(Data))));
        Assert.IsType<Pkcs11SigningKey>(rolled.For(CertificateKind.Signature, TestData.Now).Key);
    }

    [Fact]
    public void A_key_whose_generation_was_not_published_does_not_stay_in_the_token()
    {
        var token = SoftHsm.NewToken("no orphans", TestData.Passphrase);
        using var folder = new TestFolder();
        var blocked = folder.Write("authorities", Data);

        Refused(StoreFailure.NotAccessible, AuthorityStore.Create(blocked, TestData.Passphrase, TestData.Settings, TestData.Clock, token));

        Assert.DoesNotContain("Private Key Object", Tool.Run(
            "pkcs11-tool", "--module", SoftHsm.Module, "--token-label", token.Label, "--login", "--pin", TestData.Passphrase, "-O"), StringComparison.Ordinal);
    }

    [Fact]
    public void Retiring_destroys_the_pair_in_the_token()
    {
        using var folder = new TestFolder();
        var (authorities, token) = Create(folder, "retired", KeyAlgorithm.EcdsaP384Sha384);
        var old = authorities.For(CertificateKind.Signature, TestData.Now).KeyId;
        authorities.Dispose();
        var path = Path.Combine(folder.Path, "authorities");
        StoreFixture.Opened(AuthorityStore.AddGeneration(path, TestData.Passphrase, TestData.Settings, TestData.Clock, [CertificateKind.Signature])).Dispose();

        Assert.IsType<StoreListed>(AuthorityRetirement.Retire(
            path, TestData.Passphrase, TestData.Settings, StoreFixture.At(TestData.Now.AddYears(11)), old));

        var objects = Tool.Run("pkcs11-tool", "--module", SoftHsm.Module, "--token-label", token.Label, "--login", "--pin", TestData.Passphrase, "-O");
        Assert.DoesNotContain(old, objects, StringComparison.Ordinal);
        Assert.Equal(2, objects.Split("Key Object").Length - 1);
    }

    private static (Authorities Authorities, KeyPlace.Token Token) Create(TestFolder folder, string label, KeyAlgorithm algorithm)
    {
        var token = SoftHsm.NewToken(label.Length > 32 ? Convert.ToHexString(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(label)))[..32] : label, TestData.Passphrase);
        return (StoreFixture.Opened(AuthorityStore.Create(
            Path.Combine(folder.Path, "authorities"), TestData.Passphrase, TestData.SettingsWith(algorithm), TestData.Clock, token)), token);
    }

    /// <summary>What pulling the token, or its network, does to this process: every session and the login are gone.</summary>
    private static void CloseAllSessions(KeyPlace.Token token) => TokenModules.Load(token.Module)
        .GetSlotList(Net.Pkcs11Interop.Common.SlotsType.WithTokenPresent).First(slot => slot.GetTokenInfo().Label.Trim() == token.Label).CloseAllSessions();

    private static bool Verifies(ISigningKey key, byte[] data, byte[] signature)
    {
        if (key.Algorithm == KeyAlgorithm.Rsa2048Sha256)
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
            return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
        return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA384, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static void AssertOpenSslVerifies(TestFolder folder, ISigningKey key, byte[] data, byte[] signature) => Assert.Contains("Verified OK", Tool.Run(
        "openssl", "dgst", key.Algorithm == KeyAlgorithm.Rsa2048Sha256 ? "-sha256" : "-sha384", "-verify", folder.Write("public.der", key.PublicKey.Span),
        "-keyform", "DER", "-signature", folder.Write("signature", signature), folder.Write("data", data)), StringComparison.Ordinal);

    private static void Refused(StoreFailure failure, StoreResult result) => Assert.Equal(failure, Assert.IsType<StoreRefused>(result).Failure);
}
