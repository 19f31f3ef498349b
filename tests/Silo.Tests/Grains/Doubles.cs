using System.Collections.Concurrent;
using System.Globalization;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Residents.Procedures;
using Jpki.Domain.Rules;
using Jpki.Grains;

namespace Jpki.Silo.Tests.Grains;

/// <summary>Streams in memory.</summary>
internal sealed class FakeLedger : IResidentLedger
{
    private static readonly DateOnly _cardEnds = new(2036, 9, 23);

    public static readonly CardSerial Card = CardSerial.Parse("990000000000001");

    public static readonly PresentedCard InReader = new(Card, MunicipalityCode.Parse("13207"), _cardEnds, [PinKind.UserAuthentication]);

    private readonly ConcurrentDictionary<ResidentId, IReadOnlyList<Recorded>> _streams = [];
    private readonly ConcurrentDictionary<ResidentId, OpenWork> _work = [];
    private int _count;

    /// <summary>Another resident, whose card was handed over today and whose user authentication certificate is applied for.</summary>
    /// <param name="then">What happened after that.</param>
    public ResidentId Holding(CommandId application, params IEnumerable<ResidentEvent> then)
    {
        var resident = ResidentId.Parse(string.Create(CultureInfo.InvariantCulture, $"13207-{Interlocked.Increment(ref _count):D8}"));
        const CertificateKind kind = CertificateKind.UserAuthentication;
        ResidentEvent[] events =
        [
            new ResidentRegistered(new("昭島花子", "東京都昭島市田中町一丁目17番1号", new(1990, 9, 23), Sex.Female), new(2020, 4, 1)),
            new CardHandedOver(Card, _cardEnds, [CertificateKind.Signature], TooYoungForSignature: false),
            new CertificatesApplied(application, Card, [new(kind, new(2031, 9, 23), ApplicationReason.HandOver)], new(IdentityDocument.Passport)),
            new FeeWaived(application, [new(kind, WaiverReason.FirstHandOver)]),
            .. then,
        ];
        var provenance = new Provenance(application, "hand-over-card", GrainBench.Clerk, new FixedClock().Now, "akishima-2018");
        _streams[resident] = [.. events.Select((each, i) => new Recorded(resident, i + 1, each, provenance))];
        return resident;
    }

    public IReadOnlyList<ResidentEvent> Events(ResidentId resident) => [.. _streams[resident].Select(each => each.Event)];

    /// <summary>The open work as it was last written.</summary>
    public OpenWork? Work(ResidentId resident) => _work.GetValueOrDefault(resident);

    public Task<ResidentHistory> LoadAsync(ResidentId resident) => Task.FromResult(ResidentHistory.Empty.With(_streams.GetValueOrDefault(resident, [])));

    public Task<IReadOnlyList<Recorded>> ReadAsync(ResidentId resident) => Task.FromResult(_streams[resident]);

    public Task<Appending> AppendAsync(
        ResidentId resident, long expectedVersion, IReadOnlyList<ResidentEvent> events, Provenance provenance, KeptRows kept)
    {
        IReadOnlyList<Recorded> recorded = [.. events.Select((each, i) => new Recorded(resident, expectedVersion + 1 + i, each, provenance))];
        _streams[resident] = [.. _streams[resident], .. recorded];
        if (kept.Work is { } work)
            _work[resident] = work;
        return Task.FromResult<Appending>(new Appending.Recorded(recorded));
    }
}

/// <summary>Authorities that take every proof, and sign as the test wants.</summary>
internal sealed class FakeIssuance : IIssuance
{
    private int _serial = 100;

    public Func<CertificateOrder, SignResult> Sign { get; set; } = Certify;

    public static SignResult Certify(CertificateOrder order) => new SignResult.Certified(order.SubjectPublicKeyInfo);

    public static CertificateOrder Order(CertificateKind kind, int n) => new(
        SerialNumber.Parse($"0a{n:x4}"), kind, Octets.From([0x30, (byte)n]), "20260601100000000132070001", "Tokyo-to", "Akishima-shi",
        MunicipalityCode.Parse("13207"), new FixedClock().Now, Jst.EndOf(new(2031, 9, 23)), "a1b2c3d4", null);

    Prepared IIssuance.Prepare(RequestCertificate request, Resident.Registered resident, Circumstances circumstances)
    {
        var order = Order(request.Kind, Interlocked.Increment(ref _serial));
        return new Prepared.Ready(new OrderCertificate(
            request.Application, request.Kind, request.CertificationRequest, order.Serial, order.CommonName, order.AuthorityKeyId, null));
    }

    SignResult IIssuance.Sign(CertificateOrder order) => Sign(order);
}
