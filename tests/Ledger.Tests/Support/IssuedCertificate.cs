using System.Globalization;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Ledger.Tests.Support;

/// <summary>A resident with one certificate, number and all fixed by a number of the test's own.</summary>
internal sealed record IssuedCertificate(int Number, RevocationListScope Scope)
{
    public static readonly DateTimeOffset IssuedAt = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly CommandId _application = Given.Command(1);
    private static readonly CardSerial _card = CardSerial.Parse("123456789012345");

    public DateTimeOffset NotAfter { get; init; } = new(2031, 2, 28, 14, 59, 59, TimeSpan.Zero);

    public ResidentId Resident { get; } = Given.Resident(Number);

    public SerialNumber Serial { get; } = SerialNumber.Parse(string.Create(CultureInfo.InvariantCulture, $"01{Number:x8}"));

    /// <summary>A scope of the test's own.</summary>
    public static RevocationListScope ScopeOf(int authority) =>
        new(authority.ToString("x40", CultureInfo.InvariantCulture), MunicipalityCode.Parse("13207"));

    public ResidentEvent[] Ordered =>
    [
        SampleEvents.Registration,
        new CardHandedOver(_card, new(2036, 2, 28), [CertificateKind.Signature], TooYoungForSignature: false),
        new CertificatesApplied(
            _application, _card, [new(CertificateKind.UserAuthentication, new(2031, 2, 28), ApplicationReason.Issue)], new(IdentityDocument.MyNumberCard)),
        new CertificateOrdered(_application, _card, new(
            Serial, CertificateKind.UserAuthentication, Octets.From([0x30, 0x00]), "00000000000000132070001", "Tokyo-to", "Akishima-shi",
            Scope.Municipality, IssuedAt, NotAfter, Scope.AuthorityKeyId, null)),
    ];

    public ResidentEvent Issue => new CertificateIssued(Serial, CertificateKind.UserAuthentication, Octets.From([0x30, 0x01]), new string('0', 64));

    public ResidentEvent Suspend => new CertificateSuspended(Serial, CertificateKind.UserAuthentication, HoldCause.LossReported);

    public ResidentEvent Release => new CertificateReleased(Serial, CertificateKind.UserAuthentication, HoldCause.LossReported);

    public ResidentEvent Revoke(RevocationCause cause = RevocationCause.KeyLeaked) =>
        new CertificateRevoked(Serial, CertificateKind.UserAuthentication, cause);

    public async Task<IssuedCertificate> IssuedAsync(ResidentLedger ledger, params ResidentEvent[] thereafter)
    {
        await LiveAsync(ledger, [.. Ordered, Issue, .. thereafter]);
        return this;
    }

    /// <summary>Appends as the resident's grain does: the rows go with the events. An hour passes before each.</summary>
    public async Task LiveAsync(ResidentLedger ledger, params ResidentEvent[] events)
    {
        var history = await ledger.LoadAsync(Resident, TestContext.Current.CancellationToken);
        foreach (var happened in events)
        {
            var provenance = Given.By(Given.Command((int)history.Version + 1)) with { At = AtVersion(history.Version + 1) };
            var kept = KeptRows.ChangedBy(Resident, history.State, [happened], provenance);
            var outcome = await ledger.AppendAsync(Resident, history.Version, [happened], provenance, kept, TestContext.Current.CancellationToken);
            history = history.With(Assert.IsType<AppendOutcome.Appended>(outcome).Events);
        }
    }

    /// <summary>When the event of a version happened.</summary>
    public static DateTimeOffset AtVersion(long version) => IssuedAt.AddHours(version);

    /// <summary>As the register is to know it.</summary>
    public RegisteredCertificate With(RevocationStatus status) =>
        new(Serial, CertificateKind.UserAuthentication, Scope.AuthorityKeyId, Scope.Municipality, NotAfter, status);
}
