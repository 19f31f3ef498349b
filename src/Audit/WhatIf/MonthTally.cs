using Jpki.Domain;
using Jpki.Domain.Residents;

namespace Jpki.Audit.WhatIf;

/// <summary>A month being counted.</summary>
internal sealed class MonthTally
{
    private readonly SortedDictionary<string, long> _refused = new(StringComparer.Ordinal);
    private long _applications;
    private long _yen;
    private long _otherYen;
    private long _longer;
    private long _shorter;
    private long _revoked;
    private long _held;

    public long NotReconstructed { get; set; }

    public long RefusedThen { get; set; }

    /// <summary>What was decided, and what would have been.</summary>
    public void Add(IReadOnlyList<ResidentEvent> recorded, Decision other)
    {
        if (recorded.Any(each => each is CertificatesApplied or CardHandedOver))
        {
            _applications++;
            _yen += Yen(recorded);
        }

        switch (other)
        {
            case Decision.Refused refused:
                _refused[refused.Refusal.Code] = _refused.GetValueOrDefault(refused.Refusal.Code) + 1;
                break;
            case Decision.Accepted accepted:
                _otherYen += Yen(accepted.Events);
                Compare(LastDays(recorded), LastDays(accepted.Events));
                _revoked += Revoked(accepted.Events).Except(Revoked(recorded)).Count();
                _held += Held(accepted.Events).Except(Held(recorded)).Count();
                break;
        }
    }

    public WhatIfMonth ToMonth(DateOnly month) =>
        new(month, _applications, _yen, _otherYen, _longer, _shorter, _refused, _revoked, _held, NotReconstructed, RefusedThen);

    private void Compare(Dictionary<CertificateKind, DateOnly> recorded, Dictionary<CertificateKind, DateOnly> other)
    {
        foreach (var (kind, lastDay) in recorded)
        {
            var days = other.TryGetValue(kind, out var would) ? would.DayNumber - lastDay.DayNumber : 0;
            _longer += int.Max(days, 0);
            _shorter += int.Max(-days, 0);
        }
    }

    private static long Yen(IEnumerable<ResidentEvent> events) => events.OfType<FeeCharged>().Sum(each => each.Yen);

    private static Dictionary<CertificateKind, DateOnly> LastDays(IEnumerable<ResidentEvent> events) =>
        events.OfType<CertificatesApplied>().SelectMany(each => each.Certificates).ToDictionary(each => each.Kind, each => each.LastDay);

    private static IEnumerable<string> Revoked(IEnumerable<ResidentEvent> events) =>
        events.OfType<CertificateRevoked>().Where(each => each.Cause == RevocationCause.LossReported).Select(each => each.Serial.Value);

    private static IEnumerable<string> Held(IEnumerable<ResidentEvent> events) => events.OfType<CertificateSuspended>().Select(each => each.Serial.Value);
}
