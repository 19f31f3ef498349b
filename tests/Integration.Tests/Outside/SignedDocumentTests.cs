using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Jpki.Domain;
using Jpki.Integration.Tests.Support;

namespace Jpki.Integration.Tests.Outside;

/// <summary>電子署名: a document signed by the card through GnuTLS, verified by OpenSSL and by .NET (CMS, RFC 5652).</summary>
public sealed class SignedDocumentTests(HolderCard card) : IClassFixture<HolderCard>
{
    private const CertificateKind Signature = CertificateKind.Signature;
    private const CertificateKind UserAuthentication = CertificateKind.UserAuthentication;

    private static readonly byte[] _document = Encoding.UTF8.GetBytes("確定申告書 (sample)\n");

    [Fact]
    [Trait("Rule", "S8")]
    public async Task A_document_signed_with_the_card_verifies_and_names_the_signer()
    {
        var signed = await SignAsync(Signature);

        Assert.Equal("", await OpenSslObjectionAsync(signed, card.AuthorityFile(Signature)));
        Assert.Equal(card.CommonName(Signature), await SignerByDotNetAsync(signed));
    }

    [Fact]
    [Trait("Rule", "S8")]
    public async Task With_one_bit_changed_in_document_or_signature_it_does_not()
    {
        var signed = await SignAsync(Signature);
        var inDocument = Changed(signed, signed.AsSpan().IndexOf(_document));
        var inSignature = Changed(signed, signed.Length - 1);

        Assert.Contains("verification failure", await OpenSslObjectionAsync(inDocument, card.AuthorityFile(Signature)), StringComparison.Ordinal);
        Assert.Contains("verification failure", await OpenSslObjectionAsync(inSignature, card.AuthorityFile(Signature)), StringComparison.Ordinal);
        await Assert.ThrowsAsync<CryptographicException>(() => SignerByDotNetAsync(inDocument));
        await Assert.ThrowsAsync<CryptographicException>(() => SignerByDotNetAsync(inSignature));
    }

    [Fact]
    public async Task Signed_with_the_user_authentication_key_it_is_no_signature_even_where_both_authorities_are_trusted()
    {
        var signed = await SignAsync(UserAuthentication);

        Assert.Contains(
            "certificate purpose", await OpenSslObjectionAsync(signed, card.BothAuthoritiesFile), StringComparison.Ordinal);
    }

    /// <remarks>
    /// <c>openssl cms -sign</c> with its PKCS#11 engine can't: the signature key asks for its PIN before every use
    /// (CKA_ALWAYS_AUTHENTICATE), and the engine takes that one from a terminal only.
    /// </remarks>
    private async Task<byte[]> SignAsync(CertificateKind kind)
    {
        var (document, signed) = (card.In("document.txt"), card.In("document.p7"));
        await File.WriteAllBytesAsync(document, _document, TestContext.Current.CancellationToken);
        var environment = card.AtReader;
        environment["GNUTLS_PIN"] = card.Pin(kind);
        string[] arguments =
        [
            "--p7-sign", "--provider", Pkcs11.Module, "--load-privkey", Pkcs11.KeyOf(kind), "--load-certificate", card.CertificateFile(kind),
            "--hash", "sha256", "--infile", document, "--outder", "--outfile", signed,
        ];
        await OutsideProgram.MustAsync("certtool", arguments, environment);
        return await File.ReadAllBytesAsync(signed, TestContext.Current.CancellationToken);
    }

    /// <summary>What OpenSSL has against it; nothing when it takes it, with the document inside.</summary>
    private async Task<string> OpenSslObjectionAsync(byte[] signed, string authorities)
    {
        var (message, content) = (card.In("received.p7"), card.In("received.txt"));
        await File.WriteAllBytesAsync(message, signed, TestContext.Current.CancellationToken);
        var end = await OutsideProgram.RunAsync(
            "openssl",
            ["cms", "-verify", "-inform", "DER", "-in", message, "-binary", "-CAfile", authorities, "-attime", await card.AtTimeAsync(), "-out", content]);
        if (end.ExitCode != 0)
            return end.Errors;

        Assert.Equal(_document, await File.ReadAllBytesAsync(content, TestContext.Current.CancellationToken));
        return "";
    }

    private async Task<string> SignerByDotNetAsync(byte[] signed)
    {
        var message = new SignedCms();
        message.Decode(signed);
        message.CheckSignature(verifySignatureOnly: true);
        var signer = Assert.Single(message.SignerInfos.Cast<SignerInfo>()).Certificate!;
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationTime = (await card.NowAsync()).UtcDateTime,
            },
        };
        chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(card.AuthorityFile(Signature));
        chain.ChainPolicy.CertificatePolicy.Add(new Oid(HolderCard.PolicyOf(Signature)));
        Assert.True(chain.Build(signer), string.Join(", ", chain.ChainStatus.Select(each => each.StatusInformation)));
        return signer.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
    }

    private static byte[] Changed(byte[] original, int index)
    {
        byte[] changed = [.. original];
        changed[index] ^= 1;
        return changed;
    }
}
