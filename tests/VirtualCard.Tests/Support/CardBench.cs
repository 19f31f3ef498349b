using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Jpki.VirtualCard.Keys;
using Microsoft.Extensions.Time.Testing;

namespace Jpki.VirtualCard.Tests.Support;

/// <summary>An answer, taken apart.</summary>
internal sealed record Reply(byte[] Data, string Status);

/// <summary>A card on the bench, without a reader, and the steps a counter takes with it.</summary>
internal sealed class CardBench
{
    public const string Jpki = "D392F000260100000001";
    public const string CardFace = "D3921000310001010408";
    public const string BasicRegister = "D3921000310001010401";
    public const string Common = "D3921000310001010100";
    public const string GenerateSignature = "00 47 00 9A 05 AC03800107";
    public const string GenerateUserAuthentication = "00 47 00 97 05 AC03800107";
    public const string SignaturePin = "ABC123";

    public static readonly CardOrder Order = new(
        "123456789012345", "13207", new DateOnly(2030, 5, 17), TestTerminal.Point(TestTerminal.Authority),
        new FaceAttributes("昭島 花子", "東京都昭島市田中町一丁目17番1号", new DateOnly(1990, 2, 28), '2'));

    /// <summary>15:00Z is midnight in Japan: this is the first second of 2026-07-01 there.</summary>
    public static readonly DateTimeOffset Start = new(2026, 6, 30, 15, 0, 0, TimeSpan.Zero);

    private readonly string? _file;
    private readonly IRsaKeySource _keys = new TestKeys();

    public CardBench(string? file = null)
    {
        _file = file;
        Card = SoftCard.Manufacture(Order, file, _keys, Clock);
    }

    public SoftCard Card { get; private set; }

    public FakeTimeProvider Clock { get; } = new(Start);

    /// <summary>Takes the card out and puts it in again as another process would: only the file remains.</summary>
    public void PullAndReload() => Card = SoftCard.Load(_file!, _keys, Clock);

    public Reply Send(string hex, byte[]? data = null, string le = "")
    {
        byte[] command = [.. Bytes(hex), .. data is null ? [] : (byte[])[(byte)data.Length, .. data], .. Bytes(le)];
        var answer = Card.Transmit(command);
        return new Reply(answer[..^2], Convert.ToHexString(answer[^2..]));
    }

    public string Status(string hex, byte[]? data = null, string le = "") => Send(hex, data, le).Status;

    public void Do(string hex, byte[]? data = null, string le = "") => Assert.Equal("9000", Status(hex, data, le));

    public CardBench In(string aid)
    {
        Do("00A4040C0A" + aid);
        return this;
    }

    public CardBench At(string ef)
    {
        Do("00A4020C02" + ef);
        return this;
    }

    public CardBench WithIssuerRight()
    {
        In(Jpki).Do("80A200C1", TestTerminal.Certificate());
        Do("00820096", TestTerminal.AnswerTo(Challenge()));
        return this;
    }

    public byte[] Challenge()
    {
        var reply = Send("0084000010");
        Assert.Equal("9000", reply.Status);
        return reply.Data;
    }

    public CardBench SetPin(string ef, string pin)
    {
        At(ef).Do("002C0280", Ascii(pin));
        return this;
    }

    public string Verify(string pin) => Status("00200080", Ascii(pin));

    public string TriesLeft() => Status("00200080");

    /// <summary>Generates and fetches the public key.</summary>
    public RSAParameters Generate(string command)
    {
        Assert.Equal("6100", Status(command));
        byte[] template = [.. Send("00C0000000").Data, .. Send("00C000000E").Data];
        return new RSAParameters { Modulus = template[9..265], Exponent = template[^3..] };
    }

    public void Write(string ef, byte[] content)
    {
        At(ef);
        for (var offset = 0; offset < content.Length; offset += 200)
            Do("00D6" + offset.ToString("X4", null), content[offset..Math.Min(offset + 200, content.Length)]);
    }

    public byte[] Read(string ef)
    {
        At(ef);
        var content = new List<byte>();
        while (Send("00B0" + content.Count.ToString("X4", null) + "00") is { Status: "9000" } part)
            content.AddRange(part.Data);
        return [.. content];
    }

    /// <summary>The whole way of an issuance, with the issuer right; returns the certificate written.</summary>
    public byte[] Issue(string ef, string generate, byte serial)
    {
        var certificate = Certify(Generate(generate), serial);
        Write(ef, certificate);
        Do("00440000", Bytes(ef));
        return certificate;
    }

    /// <summary>A card with both PINs and both pairs, powered on afresh.</summary>
    public CardBench Issued()
    {
        WithIssuerRight().SetPin("0018", "1234").SetPin("001B", SignaturePin);
        Issue("0001", GenerateSignature, 1);
        Issue("000A", GenerateUserAuthentication, 2);
        Card.Reset();
        return this;
    }

    public static byte[] Certify(RSAParameters publicKey, byte serial)
    {
        using var subject = RSA.Create(publicKey);
        using var issuer = TestKeys.Key(2);
        var request = new CertificateRequest("CN=holder", subject, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var generator = X509SignatureGenerator.CreateForRSA(issuer, RSASignaturePadding.Pkcs1);
        using var certificate = request.Create(new X500DistinguishedName("CN=authority"), generator, Start, Start.AddYears(5), [serial]);
        return certificate.RawData;
    }

    public static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", ""));

    public static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
