using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Grains;
using Jpki.Pki.Keys;
using Jpki.Pki.Ocsp;
using Jpki.Silo.Revocation;
using Microsoft.Extensions.Logging.Abstractions;

namespace Jpki.Silo.Tests.Revocation;

/// <summary>A desk with a real responder over a register of the test's own; every clock is moved by hand.</summary>
internal sealed class OcspScene : IRevocationStatusSource, IStatusChanges, IResponderJournal, ICivilClock, IDisposable
{
    private const KeyAlgorithm Fast = KeyAlgorithm.EcdsaP384Sha384;

    private static readonly AuthoritySettings Settings = new() { Signature = new("2.25.1.1", Fast), UserAuthentication = new("2.25.1.2", Fast) };
    private static readonly DateTimeOffset Begin = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("ocsp-tests-").FullName;
    private readonly Dictionary<SerialNumber, RevocationStatus> register = [];

    public OcspScene(int capacity = 100)
    {
        var store = AuthorityStore.Create(Path.Combine(folder, "authorities"), "correct horse battery staple", Settings, new HandTime { Utc = Begin });
        Authorities = Assert.IsType<StoreOpened>(store).Authorities;
        Presigned = new(Machine, capacity);
        var responder = new OcspResponder(Authorities, Settings, this, this, Civil);
        Desk = new(responder, Presigned, this, NullLogger<OcspDesk>.Instance);
        Watch = new(this, Presigned, responder, Machine, NullLogger<StatusWatch>.Instance);
    }

    public Authorities Authorities { get; }

    public HandTime Civil { get; } = new() { Utc = Begin.AddDays(1) };

    public HandTime Machine { get; } = new() { Utc = Begin };

    public PresignedAnswers Presigned { get; }

    public OcspDesk Desk { get; }

    public StatusWatch Watch { get; }

    /// <summary>How often the register was asked for a status.</summary>
    public int Looks { get; private set; }

    /// <summary>Happens after the register was read and before its answer arrives.</summary>
    public Func<Task> BetweenLookAndAnswer { get; set; } = () => Task.CompletedTask;

    /// <summary>What the register tells next time; thrown when it is an exception.</summary>
    public Queue<object> News { get; } = new([new StatusChanges(true, [])]);

    DateTimeOffset ICivilClock.Now => Civil.Utc;

    public static SerialNumber Serial(int number) => SerialNumber.FromOctets([0x5A, 0, 0, (byte)number]);

    public void Set(int number, RevocationStatus status) => register[Serial(number)] = status;

    /// <summary>A status changes and the watch hears of it.</summary>
    public async Task ChangeAsync(int number, RevocationStatus status)
    {
        Set(number, status);
        News.Enqueue(new StatusChanges(false, [Serial(number)]));
        await Watch.LookAsync(TestContext.Current.CancellationToken);
    }

    public Task HearAsync() => Watch.LookAsync(TestContext.Current.CancellationToken);

    /// <returns>"good", "revoked" or "unknown", as the finished octets say it; or the refusal's number.</returns>
    public async Task<string> AskAsync(byte[] request) => Verdict((await Desk.AskAsync(request, TestContext.Current.CancellationToken)).Body.ToArray());

    public byte[] Request(int number, bool withSha256 = false, byte[]? nonce = null)
    {
        var authority = Authorities.For(CertificateKind.Signature, DateTimeOffset.MinValue);
        using var certificate = X509CertificateLoader.LoadCertificate(authority.Certificate.Span);
#pragma warning disable CA5350 // What light clients send (RFC 5019 2.1.1).
        Func<byte[], byte[]> hash = withSha256 ? SHA256.HashData : SHA1.HashData;
#pragma warning restore CA5350
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            using (writer.PushSequence())
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                    writer.WriteObjectIdentifier(withSha256 ? "2.16.840.1.101.3.4.2.1" : "1.3.14.3.2.26");
                writer.WriteOctetString(hash(certificate.SubjectName.RawData));
                writer.WriteOctetString(hash(certificate.PublicKey.EncodedKeyValue.RawData));
                writer.WriteInteger(Serial(number).ToOctets());
            }

            if (nonce is not null)
                Nonce(writer, nonce);
        }

        return writer.Encode();
    }

    public static string Verdict(byte[] response)
    {
        var outer = new AsnReader(response, AsnEncodingRules.DER).ReadSequence();
        var status = outer.ReadEnumeratedBytes().Span[0];
        if (status != 0)
            return $"refused {status}";
        var bytes = outer.ReadSequence(Tag(0)).ReadSequence();
        bytes.ReadObjectIdentifier();
        var data = new AsnReader(bytes.ReadOctetString(), AsnEncodingRules.DER).ReadSequence().ReadSequence();
        data.ReadEncodedValue();
        data.ReadEncodedValue();
        var single = data.ReadSequence().ReadSequence();
        single.ReadEncodedValue();
        return single.PeekTag().TagValue switch { 0 => "good", 1 => "revoked", _ => "unknown" };
    }

    public async Task<IReadOnlyDictionary<SerialNumber, RegisteredCertificate>> FindAsync(
        IReadOnlyCollection<SerialNumber> serials, CancellationToken cancellationToken)
    {
        Looks++;
        var authority = Authorities.For(CertificateKind.Signature, DateTimeOffset.MinValue);
        var seen = serials.Where(register.ContainsKey).ToDictionary(each => each, each => new RegisteredCertificate(
            each, CertificateKind.Signature, authority.KeyId, MunicipalityCode.Parse("13207"), authority.NotAfter, register[each]));
        await BetweenLookAndAnswer();
        return seen;
    }

    public Task<StatusChanges> NextAsync(CancellationToken cancellationToken) => !News.TryDequeue(out var news)
        ? Task.FromResult(new StatusChanges(false, []))
        : news is Exception failure ? Task.FromException<StatusChanges>(failure) : Task.FromResult((StatusChanges)news);

    public Task IssuedAsync(ResponderCertificate certificate, CancellationToken cancellationToken) => Task.CompletedTask;

    public void RotationFailed(string authorityKeyId, Exception cause) => Assert.Fail("No rotation was due.");

    public void Dispose()
    {
        Watch.Dispose();
        Authorities.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static void Nonce(AsnWriter writer, byte[] nonce)
    {
        using (writer.PushSequence(Tag(2)))
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.3.6.1.5.5.7.48.1.2");
            using (writer.PushOctetString())
                writer.WriteOctetString(nonce);
        }
    }

    private static Asn1Tag Tag(int number) => new(TagClass.ContextSpecific, number);
}

/// <summary>Stands still until it is moved; its timestamps move with it.</summary>
internal sealed class HandTime : TimeProvider
{
    public DateTimeOffset Utc { get; set; }

    public override DateTimeOffset GetUtcNow() => Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Utc.Ticks;
}
