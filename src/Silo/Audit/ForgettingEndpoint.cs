using System.Security.Claims;
using Jpki.Domain;
using Jpki.Domain.Identifiers;
using Jpki.Domain.Rules;
using Jpki.Grains;
using Jpki.Ledger;
using Jpki.Silo.Api;
using Jpki.Silo.Journal;
using Jpki.Silo.Security;

namespace Jpki.Silo.Audit;

/// <summary>個人情報の消去の API, for supervisors of the resident's municipality.</summary>
internal static class ForgettingEndpoint
{
    private const string Attempt = "forget-resident";

    public static void Map(IEndpointRouteBuilder audit) => audit.MapPost("/residents/{id}/forgetting", ForgetAsync).JournalsRefusals(Attempt)
        .WithSummary("Masks a former resident's four attributes in the record for ever, proofs stay; when the record's time is over, supervisors only")
        .Produces<Forgot>().ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);

    private static async Task<IResult> ForgetAsync(
        string municipality, string id, HttpContext context, ClaimsPrincipal user, ResidentForgetting forgetting, IMunicipalities municipalities,
        ICivilClock clock, IGrainFactory grains)
    {
        if (!ResidentId.TryParse(id, null, out var resident) || resident.Municipality.Value != municipality || municipalities.Find(resident.Municipality) is not { } served)
            return Problems.Refused(Refusals.UnknownResident());
        if (Actors.From(user) is not { Role: Role.Supervisor, Office: { } office } by || office.Municipality != resident.Municipality)
            return Problems.NotPermitted();

        var now = clock.Now;
        var provenance = new Provenance(new CommandId(Guid.CreateVersion7()), Attempt, by, now, served.RuleSetOn(Jst.DayOf(now)).Name);
        try
        {
            var outcome = await forgetting.ForgetAsync(resident, new(resident.Municipality, office), provenance, context.RequestAborted);
            if (outcome is ForgettingOutcome.Forgotten)
                await grains.GetGrain<IResidentGrain>(resident.Value).Handle(new ResidentMessage.Reload());
            return Answer(context, resident, outcome);
        }
        catch (LedgerOutcomeUnknownException)
        {
            return Problems.TryAgain(context);
        }
    }

    private static IResult Answer(HttpContext context, ResidentId resident, ForgettingOutcome outcome) => outcome switch
    {
        ForgettingOutcome.Forgotten forgotten => Results.Ok(new Forgot(resident, forgotten.Events)),
        ForgettingOutcome.Refused refused => Problems.Refused(refused.Refusal),
        ForgettingOutcome.NotProven notProven => Problems.NotNow(
            context, "NotProven",
            $"第{notProven.Version}版の証明がまだないか、記録が証明と異なるため、消去できません。続く場合は監査担当者に連絡してください。",
            $"Version {notProven.Version} has no proof yet, or is not what was proven, so nothing is masked. If that lasts, tell an auditor."),
        _ => throw new InvalidOperationException($"No such outcome: {outcome.GetType().Name}."),
    };

    /// <param name="Events">Bodies masked now; 0 when all were before.</param>
    private sealed record Forgot(ResidentId Resident, int Events);
}
