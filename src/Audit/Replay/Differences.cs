using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Residents;

namespace Jpki.Audit.Replay;

/// <summary>差異: what became of somebody between two instants, in words. Attributes are named, their values are not told.</summary>
/// <param name="Code">Stable for programs, e.g. <c>CertificateChanged</c>.</param>
public sealed record Difference(ResidentId Resident, string Code, string Japanese, string English);

/// <summary>The differences between a resident's states at two instants.</summary>
public static class Differences
{
    /// <param name="from">The instant of <paramref name="before"/>, for what expires by itself.</param>
    /// <param name="to">The instant of <paramref name="after"/>.</param>
    public static IEnumerable<Difference> Between(ResidentId resident, Resident before, DateTimeOffset from, Resident after, DateTimeOffset to)
    {
        if (after is not Resident.Registered now)
            return [];
        if (before is not Resident.Registered was)
            return [Made(resident, "住民登録", "registered", "ResidentRegistered"), .. Certificates(resident, [], from, now, to), .. CardOf(resident, Card.None.Instance, now.Card)];

        return
        [
            .. Attributes(resident, was, now),
            .. Residences(resident, RemovalView.Of(was.Residence), RemovalView.Of(now.Residence)),
            .. Wards(resident, was.Ward is Ward.Under, now.Ward is Ward.Under),
            .. CardOf(resident, was.Card, now.Card),
            .. Certificates(resident, was.Certificates, from, now, to),
            .. Waiting(resident, was, now),
        ];
    }

    private static IEnumerable<Difference> Attributes(ResidentId resident, Resident.Registered was, Resident.Registered now)
    {
        var changed = string.Join(", ", now.Attributes.DifferencesFrom(was.Attributes));
        if (changed.Length > 0)
            yield return Made(resident, $"4情報の変更（{changed}）", $"attributes changed ({changed})", "AttributesChanged");
        else if (was.Timeline.Facts.Count != now.Timeline.Facts.Count)
            yield return Made(resident, "過去の4情報の判明", "earlier attributes learnt", "EarlierAttributesLearnt");
    }

    private static IEnumerable<Difference> Residences(ResidentId resident, RemovalView? was, RemovalView? now)
    {
        if (was == now)
            yield break;
        yield return now is null
            ? Made(resident, "住民登録に戻る", "registered again", "RegisteredAgain")
            : Made(resident, $"消除または予定（{now.Cause}、{now.OccurredOn:yyyy-MM-dd}）", $"removed, or about to be ({now.Cause}, {now.OccurredOn:yyyy-MM-dd})", "Removed");
    }

    private static IEnumerable<Difference> Wards(ResidentId resident, bool was, bool now)
    {
        if (was != now)
            yield return now ? Made(resident, "後見開始", "ward", "WardStarted") : Made(resident, "後見終了", "ward no more", "WardEnded");
    }

    private static IEnumerable<Difference> CardOf(ResidentId resident, Card was, Card now)
    {
        switch (was, now)
        {
            case (Card.InHand x, Card.InHand y) when x.Serial == y.Serial:
                if (x.FaceIsCurrent != y.FaceIsCurrent)
                    yield return y.FaceIsCurrent
                        ? Made(resident, "券面は現在のもの", "card face current", "CardFaceCurrent")
                        : Made(resident, "券面が古くなる", "card face out of date", "CardFaceOutdated");
                break;
            case (_, Card.InHand y):
                yield return Made(resident, $"カード{y.Serial}の交付", $"card {y.Serial} handed over", "CardHandedOver");
                break;
            case (_, Card.Ended y) when (was as Card.Ended)?.Was.Serial != y.Was.Serial:
                yield return Made(resident, $"カード{y.Was.Serial}の廃止（{y.Cause}）", $"card {y.Was.Serial} ended ({y.Cause})", "CardEnded");
                break;
        }
    }

    private static IEnumerable<Difference> Certificates(
        ResidentId resident, IReadOnlyList<Certificate> was, DateTimeOffset from, Resident.Registered now, DateTimeOffset to)
    {
        var before = was.ToDictionary(each => each.Serial, each => CertificateView.Of(each, from));
        foreach (var view in now.Certificates.Select(each => CertificateView.Of(each, to)))
        {
            var old = before.GetValueOrDefault(view.Serial);
            if (old is not null && old.Status == view.Status && old.Holds.SequenceEqual(view.Holds))
                continue;
            var cause = view.Cause is { } why ? $" ({why})" : "";
            yield return Made(
                resident,
                $"{Japanese(view.Kind)}電子証明書{view.Serial}: {old?.Status.ToString() ?? "なし"} → {view.Status}{cause}",
                $"{view.Kind} certificate {view.Serial}: {old?.Status.ToString() ?? "none"} → {view.Status}{cause}",
                "CertificateChanged");
        }
    }

    private static IEnumerable<Difference> Waiting(ResidentId resident, Resident.Registered was, Resident.Registered now)
    {
        if ((was.Application as Application.Open)?.Id != (now.Application as Application.Open)?.Id)
            yield return now.Application is Application.Open open
                ? Made(resident, $"申請の処理中（{Day(open.AppliedOn)}）", $"an application is under way ({Day(open.AppliedOn)})", "ApplicationOpened")
                : Made(resident, "申請の処理が終わる", "the application is done with", "ApplicationClosed");
        if (was.PinReset is PinResetState.Approved != now.PinReset is PinResetState.Approved)
            yield return now.PinReset is PinResetState.Approved
                ? Made(resident, "暗証番号再設定の受理", "a PIN reset is approved", "PinResetApproved")
                : Made(resident, "暗証番号再設定が終わる", "the PIN reset is done with", "PinResetClosed");
        if (AgentCaseView.Of(was.AgentCase)?.Stage != AgentCaseView.Of(now.AgentCase)?.Stage)
            yield return Made(
                resident,
                $"代理人手続き: {AgentCaseView.Of(now.AgentCase)?.Stage.ToString() ?? "なし"}",
                $"agent case: {AgentCaseView.Of(now.AgentCase)?.Stage.ToString() ?? "none"}",
                "AgentCaseChanged");
    }

    private static string Japanese(CertificateKind kind) => kind == CertificateKind.Signature ? "署名用" : "利用者証明用";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Difference Made(ResidentId resident, string japanese, string english, string code) => new(resident, code, japanese, english);
}
