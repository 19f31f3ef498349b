using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;
using Jpki.Domain.Rules;

namespace Jpki.Domain.Tests.Residents;

/// <summary>What must hold of every life.</summary>
internal static class Invariants
{
    /// <summary>After each accepted command.</summary>
    public static void OfStep(ResidentHistory before, IReadOnlyList<ResidentEvent> events, Scene scene, Life life)
    {
        Assert.NotEmpty(events);
        var (state, at) = (scene.Registered(), scene.Instant);
        foreach (var kind in Enum.GetValues<CertificateKind>())
        {
            var onCard = state.Certificates.Count(each => each.Kind == kind && each.IsOnCard && each.IsAlive(at));
            Assert.True(onCard <= 1, "two live certificates of a kind on the card");
        }

        var earlier = ((Resident.Registered)before.State).Certificates;
        foreach (var dead in earlier.Where(each => each.IsRevoked))
            Assert.Equal(dead, state.WithSerial(dead.Serial));

        var held = earlier.FindAll(each => each.Standing is Standing.OnHold && each.IsAlive(at));
        Assert.True(held.IsEmpty || !events.Any(each => each is CertificateOrdered or CertificatesApplied), "something new while a loss report stands");
        foreach (var certificate in held.Where(each => !events.OfType<CertificateReleased>().Any(released => released.Serial == each.Serial)))
            Assert.True(state.WithSerial(certificate.Serial)!.Standing is Standing.OnHold or Standing.Revoked, "a hold ended without a release");

        foreach (var applied in events.OfType<CertificatesApplied>().SelectMany(each => each.Certificates))
            Assert.InRange(applied.LastDay, Jst.DayOf(at), life.CardEnds);

        foreach (var order in events.OfType<CertificateOrdered>().Select(each => each.Order))
        {
            Assert.True(order.NotBefore <= order.NotAfter, "validity ends before it begins");
            Assert.True(order.NotAfter <= Jst.EndOf(life.CardEnds), "the certificate outlives the card");
            Assert.Equal(order.Kind == CertificateKind.Signature, order.Holder is not null);
            if (order.Kind == CertificateKind.Signature && state.Current(CertificateKind.UserAuthentication, at) is { } bound)
                Assert.True(order.NotAfter <= bound.NotAfter, "the signature certificate outlives the user authentication one held");
        }

        var alive = state.Certificates.FindAll(each => each.IsAlive(at));
        Assert.True(state.Card is Card.InHand || alive.IsEmpty, "a certificate outlives its card");
        Assert.All(alive, each => Assert.Equal(((Card.InHand)state.Card).Serial, each.Card));
        Assert.True(
            state.Residence is Residence.Here or Residence.Departing || alive.TrueForAll(each => each.Kind == CertificateKind.UserAuthentication),
            "a signature certificate of who is gone");
        Assert.True(state.Residence is not Residence.Removed || (alive.IsEmpty && state.Application is Application.None), "something of who is removed");
        Assert.Equal(state.Attributes, state.Timeline.On(DateOnly.MaxValue));

        foreach (var released in events.OfType<CertificateReleased>())
            Assert.True(state.WithSerial(released.Serial)!.IsAlive(at), "an expired certificate was released");
    }

    /// <summary>At the end, of all that was recorded.</summary>
    public static void OfStream(IReadOnlyList<ResidentEvent> events)
    {
        var applications = events.OfType<CertificatesApplied>().Select(each => each.Application).ToArray();
        var charged = events.OfType<FeeCharged>().Select(each => each.Application).ToArray();
        var waived = events.OfType<FeeWaived>().Select(each => each.Application).ToArray();
        Assert.Equal(applications.Order(ById), charged.Concat(waived).Order(ById));
        Assert.Distinct(applications);

        var refunded = events.OfType<FeeRefunded>().Select(each => each.Application).ToArray();
        Assert.Distinct(refunded);
        Assert.All(refunded, each => Assert.Contains(each, charged));

        var firstTimes = events.OfType<FeeWaived>()
            .Where(each => WasFulfilled(each.Application, events))
            .SelectMany(each => each.Waivers)
            .Where(each => each.Reason is not (WaiverReason.Renewal or WaiverReason.RevokedByAttributeChange or WaiverReason.EarlierCardExpired));
        Assert.Distinct(firstTimes.Select(each => each.Kind));
        Assert.Distinct(events.OfType<CertificateIssued>().Select(each => each.Serial));
        Assert.Distinct(events.OfType<CertificateConfirmed>().Select(each => each.Serial));

        var refused = events.OfType<CertificateRefused>().Select(each => each.Serial).ToHashSet();
        Assert.Equal(events.OfType<CertificateRefused>().Count(), refused.Count);
        Assert.DoesNotContain(events.OfType<CertificateIssued>(), each => refused.Contains(each.Serial));
        Assert.DoesNotContain(events.OfType<CertificateRevoked>(), each => refused.Contains(each.Serial));
        Assert.DoesNotContain(events.OfType<CertificateSuspended>(), each => refused.Contains(each.Serial));
    }

    private static IComparer<CommandId> ById { get; } = Comparer<CommandId>.Create((one, other) => one.Value.CompareTo(other.Value));

    private static bool WasFulfilled(CommandId application, IReadOnlyList<ResidentEvent> events) =>
        !events.Contains(new ApplicationAbandoned(application));
}
